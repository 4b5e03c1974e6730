import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { number, parseNumber } from '../frame/french';
import { Button } from '../ui/Button';
import { NumberField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Failure, Said } from '../ui/State';
import { declare, useRefreshCharter } from './api';

export interface Asked {
  code: string;
  period: string;
  label: string;
  unit: string;
  value: number | null;
  version: number | null;
}

const shown = (one: Asked) => (one.value === null ? '' : number(one.value));

/** Several figures of a year, typed together; what is left empty stays « non déclaré ». */
export function FigureForm({ asked, action }: { asked: Asked[]; action: string }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [said, setSaid] = useState('');
  const refresh = useRefreshCharter();
  const key = (one: Asked) => `${one.code}-${one.period}`;
  const changed = asked.filter((one) => typed[key(one)]?.trim() && typed[key(one)] !== shown(one));
  const send = useSubmit(
    async () => {
      for (const one of changed) {
        // One after the other: the first that is refused stops the rest, and its sentence says which.
        // oxlint-disable-next-line no-await-in-loop
        await declare(one.code, one.period, parseNumber(typed[key(one)] ?? '') ?? 0, '', one.version);
      }
    },
    () => {
      setSaid('Enregistré.');
      refresh();
    },
  );
  const wrong = Object.fromEntries(
    changed
      .filter((one) => (parseNumber(typed[key(one)] ?? '') ?? -1) < 0)
      .map((one) => [key(one), `${one.label} : écrivez un nombre, par exemple 12 000.`]),
  );
  return (
    <Form
      errors={send.errors}
      attempt={send.attempt}
      onSubmit={() => {
        setSaid('');
        send.submit(wrong);
      }}
    >
      {send.failure && <Failure error={send.failure} />}
      <div className="fields">
        {asked.map((one) => (
          <NumberField
            key={key(one)}
            name={key(one)}
            label={one.label}
            unit={one.unit}
            value={typed[key(one)] ?? shown(one)}
            error={send.errors[key(one)]}
            onChange={(value) => setTyped({ ...typed, [key(one)]: value })}
          />
        ))}
      </div>
      <Actions>
        <Button type="submit" look="primary" busy={send.busy} off={!changed.length}>
          {action}
        </Button>
        {said && <Said>{said}</Said>}
      </Actions>
    </Form>
  );
}
