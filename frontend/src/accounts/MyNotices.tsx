import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { count, longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Said, Skeleton } from '../ui/State';
import { useSubmit } from './submit';

type Mine = components['schemas']['MyNotices'];
type Pace = components['schemas']['Pace'];

const PACES: { value: Pace; label: string }[] = [
  { value: 'immediate', label: 'Tout de suite' },
  { value: 'daily', label: 'Chaque matin, groupé' },
  { value: 'none', label: 'Jamais' },
];

const noticesQuery = queryOptions({
  queryKey: ['me', 'notices'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/notices', { signal })),
  staleTime: 0,
});

export function MyNotices() {
  const query = useQuery(noticesQuery);
  if (query.isPending) return <Skeleton lines={6} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <div className="stack loose">
      {query.data.refused && <Refused refused={query.data.refused} />}
      <Section
        title="Ce que je reçois par courriel"
        intro="Les messages nécessaires à votre compte (liens, invitations, sécurité) partent toujours."
      >
        {query.data.waiting > 0 && (
          <p>{count(query.data.waiting, 'avis', 'avis')} dans le courriel de demain matin.</p>
        )}
        <Paces mine={query.data} />
      </Section>
    </div>
  );
}

function Refused({ refused }: { refused: NonNullable<Mine['refused']> }) {
  const queries = useQueryClient();
  const lift = useSubmit(
    () => unwrap(api.POST('/api/v1/me/notices/lift')),
    (mine) => queries.setQueryData(noticesQuery.queryKey, mine),
  );
  return (
    <Notice tone="warning" title="Nos messages à votre adresse nous reviennent">
      {lift.failure && <Failure error={lift.failure} />}
      <p>
        Le serveur de {refused.email} les refuse depuis le {longDate(refused.since)} : « {refused.reason} ».
        Nous n’y envoyons plus d’avis.
      </p>
      <Button busy={lift.busy} onClick={() => lift.submit()}>
        L’adresse marche : m’écrire de nouveau
      </Button>
    </Notice>
  );
}

function Paces({ mine }: { mine: Mine }) {
  const queries = useQueryClient();
  const [paces, setPaces] = useState<Record<string, Pace>>(
    Object.fromEntries(mine.kinds.map((kind) => [kind.code, kind.pace])),
  );
  const [said, setSaid] = useState('');
  const form = useSubmit(
    () => unwrap(api.PUT('/api/v1/me/notices', { body: { paces } })),
    (changed) => {
      queries.setQueryData(noticesQuery.queryKey, changed);
      setSaid('Choix enregistrés.');
    },
  );
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit()}>
      {form.failure && <Failure error={form.failure} />}
      {mine.kinds.map((kind) => (
        <RadioGroup
          key={kind.code}
          name={`pace-${kind.code}`}
          label={kind.label}
          hint={kind.told}
          look="inline"
          value={paces[kind.code] ?? kind.pace}
          onChange={(value) => {
            setSaid('');
            setPaces({ ...paces, [kind.code]: value as Pace });
          }}
          options={PACES}
        />
      ))}
      <div className="row">
        <Button type="submit" look="primary" busy={form.busy}>
          Enregistrer mes choix
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}
