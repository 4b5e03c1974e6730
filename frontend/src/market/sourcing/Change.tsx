import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import { isoDate } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Details } from '../../ui/Card';
import { DateField } from '../../ui/Choice';
import { Confirm } from '../../ui/Dialog';
import { TextArea, TextField } from '../../ui/Field';
import { Actions, Form } from '../../ui/Form';
import { Section } from '../../ui/Page';
import { Failure, Said } from '../../ui/State';
import { tag } from '../refresh';
import type { Sourcing } from './api';

interface Props {
  sourcing: Sourcing;
  keep: (row: Sourcing) => void;
}

/** A new version, told to everybody at once; the closing can only move later. */
export function Correct({ sourcing, keep }: Props) {
  const [reason, setReason] = useState('');
  const [need, setNeed] = useState(sourcing.need);
  const [day, setDay] = useState(sourcing.closes_on ?? '');
  const [launch, setLaunch] = useState(sourcing.launch_date ?? '');
  const [said, setSaid] = useState('');
  const send = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/sourcings/{ident}/correction', {
          params: { path: { ident: sourcing.id }, header: tag(sourcing.version) },
          body: {
            reason,
            need,
            closes_on: isoDate(day) ?? '',
            closes_hour: sourcing.closes_hour,
            launch_date: isoDate(launch),
            added: [],
          },
        }),
      ),
    (row) => {
      setReason('');
      setSaid(`La version ${row.number} est publiée à tous.`);
      keep(row);
    },
  );
  const own = {
    ...(reason.trim().length < 5 ? { reason: 'Dites aux entreprises ce qui change.' } : {}),
    ...(isoDate(day) ? {} : { closes_on: 'Indiquez le jour de clôture.' }),
  };
  return (
    <Details summary="Corriger le sourçage">
      <Form errors={send.errors} attempt={send.attempt} onSubmit={() => send.submit(own)}>
        {send.failure && <Failure error={send.failure} kept="Ce que vous avez tapé est toujours là." />}
        <p>Toutes les entreprises prévenues reçoivent la nouvelle version au même instant.</p>
        <TextField
          name="reason"
          label="Ce qui change"
          value={reason}
          onChange={setReason}
          error={send.errors['reason']}
        />
        <TextArea
          name="need"
          label="Le besoin corrigé"
          rows={6}
          value={need}
          onChange={setNeed}
          error={send.errors['need']}
        />
        <DateField
          name="closes_on"
          label="Nouveau jour de clôture"
          hint={`À ${sourcing.closes_hour.slice(0, 5)}, heure de Paris. Elle ne peut pas être avancée.`}
          value={day}
          onChange={setDay}
          error={send.errors['closes_on']}
        />
        <DateField
          name="launch_date"
          label="Consultation prévue (facultatif)"
          value={launch}
          onChange={setLaunch}
          error={send.errors['launch_date']}
        />
        <Actions>
          <Button type="submit" busy={send.busy}>
            Publier la correction
          </Button>
          <Said>{said}</Said>
        </Actions>
      </Form>
    </Details>
  );
}

/** The sourcing ends there, and its answers stay sealed for ever. */
export function Withdraw({ sourcing, keep }: Props) {
  const [asking, setAsking] = useState(false);
  const send = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/sourcings/{ident}/withdrawal', {
          params: { path: { ident: sourcing.id }, header: tag(sourcing.version) },
        }),
      ),
    keep,
  );
  return (
    <Section title="Retirer le sourçage" intro="Les réponses déjà déposées restent scellées, pour toujours.">
      {send.failure && <Failure error={send.failure} />}
      <Button className="start" busy={send.busy} onClick={() => setAsking(true)}>
        Retirer ce sourçage
      </Button>
      <Confirm
        open={asking}
        title="Retirer ce sourçage ?"
        action="Retirer"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          send.submit();
        }}
      >
        <p>Personne ne lira les réponses, et cela ne se défait pas.</p>
      </Confirm>
    </Section>
  );
}
