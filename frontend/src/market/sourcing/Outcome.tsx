import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { Button } from '../../ui/Button';
import { Checkbox, CheckboxGroup } from '../../ui/Choice';
import { NumberField, Select, TextField } from '../../ui/Field';
import { Actions, Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import type { Sourcing } from './api';

/** The loop closed at notification: the clauses kept, the offers received, what stopped it. */
export function Outcome({ sourcing, keep }: { sourcing: Sourcing; keep: (row: Sourcing) => void }) {
  const ident = sourcing.id;
  const clauses = sourcing.questions.filter((one) => one.clause_id && one.level);
  const known: Partial<components['schemas']['OutcomeIn']> = sourcing.outcome ?? {};
  const [kept, setKept] = useState(
    known.kept?.map((one) => one.clause_id) ?? clauses.map((one) => one.clause_id),
  );
  const [offers, setOffers] = useState(known.offers === undefined ? '' : String(known.offers));
  const [unsuccessful, setUnsuccessful] = useState(known.unsuccessful ?? false);
  const [blocking, setBlocking] = useState(known.blocking_clause ?? '');
  const [contract, setContract] = useState(known.contract ?? '');
  const body = {
    kept: clauses
      .filter((one) => kept.includes(one.clause_id))
      .map((one) => ({ clause_id: one.clause_id, level: one.level })),
    offers: Number(offers),
    unsuccessful,
    blocking_clause: unsuccessful ? blocking : '',
    contract,
  };
  const send = useSubmit(
    () => unwrap(api.PUT('/api/v1/sourcings/{ident}/outcome', { params: { path: { ident } }, body })),
    keep,
  );
  const missing = { offers: 'Indiquez le nombre d’offres reçues, 0 s’il n’y en a aucune.' };
  return (
    <Section title="Résultat notifié" intro="La suite donnée à la consultation, notée dans le journal.">
      {sourcing.outcome && <Notice tone="success" title="La suite est enregistrée" />}
      <Form onSubmit={() => send.submit(offers ? {} : missing)} errors={send.errors} attempt={send.attempt}>
        {clauses.length > 0 && (
          <CheckboxGroup
            name="kept"
            label="Clauses gardées dans le marché"
            values={kept}
            onChange={setKept}
            options={clauses.map((one) => ({
              value: one.clause_id,
              label: `${one.clause_id}, niveau ${one.level}`,
            }))}
          />
        )}
        <NumberField
          name="offers"
          label="Offres reçues"
          value={offers}
          error={send.errors['offers']}
          onChange={(typed) => setOffers(typed.replace(/\D/g, '').slice(0, 5))}
        />
        <Checkbox
          name="unsuccessful"
          label="La consultation est sans suite ou infructueuse"
          checked={unsuccessful}
          onChange={setUnsuccessful}
        />
        {unsuccessful && clauses.length > 0 && (
          <Select
            name="blocking_clause"
            label="Clause citée comme cause"
            value={blocking}
            onChange={setBlocking}
            options={[
              { value: '', label: 'Aucune' },
              ...clauses.map((one) => ({ value: one.clause_id, label: one.clause_id })),
            ]}
          />
        )}
        <TextField
          name="contract"
          label="Identifiant du marché dans les données essentielles (DECP)"
          optional
          value={contract}
          error={send.errors['contract']}
          onChange={setContract}
        />
        <Actions>
          <Button type="submit" busy={send.busy}>
            Enregistrer la suite
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}
