import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { longDate, parseNumber, percent } from '../frame/french';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { NumberField, Select, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Said, Skeleton } from '../ui/State';
import { Decide } from './Adhesion';
import { askedQuery, type Rate, ratesQuery, useRefreshCharter } from './api';
import { kindLabel } from './words';

const TITLE = 'La charte : demandes et taux';

export function CharterAdministration() {
  return (
    <Gate need="platform_admin" title={TITLE}>
      {() => (
        <Page title={TITLE} crumbs={[{ label: 'Administration', link: { to: '/administration' } }]}>
          <Demands />
          <Rates />
        </Page>
      )}
    </Gate>
  );
}

function Demands() {
  const query = useQuery(askedQuery);
  const refresh = useRefreshCharter();
  return (
    <Section title="Demandes de signature">
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && <Empty title="Aucune demande n’attend de réponse" />}
      {query.data?.items.map((row) => (
        <Box key={row.id} label={row.organisation}>
          <h3>{row.organisation}</h3>
          <p>
            {kindLabel(row.kind)}, SIRET {row.siret}
            {row.verification === 'verified' ? ' (vérifié au registre)' : ' (à vérifier)'}. Version{' '}
            {row.charter_version}, demandée par {row.asked_by} le {longDate(row.asked_at)}.{' '}
            {row.deliberation ? `Délibération : ${row.deliberation}.` : 'Aucune délibération indiquée.'}
          </p>
          <Decide row={row} onDone={refresh} />
        </Box>
      ))}
    </Section>
  );
}

const KINDS = { reuse: 'réemploi', recycled: 'recyclé' } as const;

function Rates() {
  const query = useQuery(ratesQuery);
  return (
    <Section
      title="Taux AGEC non retrouvés"
      intro="À lire dans l’annexe du décret n° 2024-134. Rien n’est supposé : un taux vide reste « non retrouvé »."
    >
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <RateForm rates={query.data.items} />}
    </Section>
  );
}

const keyOf = (rate: Rate) => `${rate.category}-${rate.tier}-${rate.kind}`;

function RateForm({ rates }: { rates: Rate[] }) {
  const [chosen, setChosen] = useState(rates[0] ? keyOf(rates[0]) : '');
  const [value, setValue] = useState('');
  const [source, setSource] = useState('');
  const [said, setSaid] = useState('');
  const refresh = useRefreshCharter();
  const rate = rates.find((one) => keyOf(one) === chosen);
  const send = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/charter/agec-rates/{category}/{tier}/{kind}', {
          params: {
            path: { category: rate?.category ?? 0, tier: rate?.tier ?? 0, kind: rate?.kind ?? 'reuse' },
            ...(rate?.version ? { header: { 'If-Match': `"${rate.version}"` } } : {}),
          },
          body: { value: parseNumber(value) ?? 0, source },
        }),
      ),
    () => {
      setSaid('Enregistré.');
      refresh();
    },
  );
  const read = rates.filter((one) => one.value !== null);
  return (
    <>
      <Form
        errors={send.errors}
        attempt={send.attempt}
        onSubmit={() =>
          send.submit({
            ...(parseNumber(value) === null ? { value: 'Écrivez le taux en pourcentage.' } : {}),
            ...required({ source }, { source: 'Dites où vous l’avez lu.' }),
          })
        }
      >
        {send.failure && <Failure error={send.failure} />}
        <Select
          name="taux"
          label="Taux"
          value={chosen}
          onChange={setChosen}
          options={rates.map((one) => ({
            value: keyOf(one),
            label: `${one.category}. ${one.label}, ${KINDS[one.kind]}, palier ${one.tier}`,
          }))}
        />
        <NumberField
          name="value"
          label="Valeur"
          unit="%"
          value={value}
          error={send.errors['value']}
          onChange={setValue}
        />
        <TextField
          name="source"
          label="Où ce taux est écrit"
          value={source}
          error={send.errors['source']}
          onChange={setSource}
        />
        <Actions>
          <Button type="submit" busy={send.busy}>
            Enregistrer le taux
          </Button>
          {said && <Said>{said}</Said>}
        </Actions>
      </Form>
      {read.length > 0 && (
        <Details summary={`Taux saisis (${read.length})`}>
          <ul className="bullets">
            {read.map((one) => (
              <li key={keyOf(one)}>
                {one.label}, {KINDS[one.kind]}, palier {one.tier} : {percent(one.value ?? 0)} ({one.source})
              </li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}
