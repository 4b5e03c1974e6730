import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { Button } from '../../ui/Button';
import { DateField, RadioGroup } from '../../ui/Choice';
import { NumberField, TextArea } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Failure } from '../../ui/State';
import {
  changeRecord,
  type Control,
  type ControlRecord,
  type FollowUp,
  recordControl,
  type RecordBody,
} from './api';
import { asked, EMPTY, typedOf } from './records';

/** A new result, or the correction of one. */
export function RecordForm({
  ident,
  follow,
  control,
  record,
  onDone,
  onCancel,
}: {
  ident: number;
  follow: FollowUp;
  control?: Control;
  record?: ControlRecord;
  onDone: () => void;
  onCancel: () => void;
}) {
  const [typed, setTyped] = useState(record ? typedOf(record) : EMPTY);
  const { body, errors: own } = asked(typed);
  const send = useSubmit(() => {
    // The form is only sent when `asked` found nothing to correct.
    const sure = body as RecordBody;
    return record ? changeRecord(ident, record, sure) : recordControl(ident, control?.key ?? '', sure);
  }, onDone);
  const change = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part });
  return (
    <Form onSubmit={() => send.submit(own)} errors={send.errors} attempt={send.attempt}>
      {send.failure && (
        <Failure
          error={send.failure}
          kept="Ce que vous avez saisi reste ici. Rechargez pour lire l’autre version."
        />
      )}
      <RadioGroup
        name="result"
        label="Résultat du contrôle"
        look="inline"
        value={typed.result}
        error={send.errors['result']}
        options={follow.results.map((one) => ({ value: one.code, label: one.label }))}
        onChange={(result) => change({ result })}
      />
      <DateField
        name="done_on"
        label="Date du contrôle"
        value={typed.done_on}
        error={send.errors['done_on']}
        onChange={(done_on) => change({ done_on })}
      />
      <TextArea
        name="note"
        label="Constat"
        optional
        hint="La valeur obtenue, l’écart, la suite donnée."
        value={typed.note}
        error={send.errors['note']}
        native={{ maxLength: 4000 }}
        onChange={(note) => change({ note })}
      />
      <NumberField
        name="penalty_due"
        label="Pénalité due"
        optional
        unit="€"
        hint="Seulement si le contrôle n’est pas conforme. Vide : non évaluée."
        value={typed.penalty_due}
        error={send.errors['penalty_due']}
        onChange={(penalty_due) => change({ penalty_due })}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={send.busy}>
          Enregistrer le résultat
        </Button>
        <Button onClick={onCancel}>Annuler</Button>
      </div>
    </Form>
  );
}
