import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Said, Skeleton } from '../ui/State';
import { Fields, type Spec, useDraft } from './draft';
import { moderatorsQuery, type SpaceLine } from './peopleApi';
import { spacesQuery, useRefreshNetwork } from './talkApi';

const TITLE = 'Régler les espaces';

/** For an administrator of the platform: what each space is called, where it stands, who moderates it, open or closed. */
export function SpaceSettings() {
  return (
    <Gate need="platform_admin" title={TITLE}>
      {() => <Settings />}
    </Gate>
  );
}

function Settings() {
  const query = useQuery(spacesQuery);
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Communauté', link: { to: '/communaute' } }]}
      lead="Le nom, la place et la tenue de chaque espace. Un espace fermé se lit, on n’y écrit plus."
    >
      {query.isPending && <Skeleton blocks={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.map((one) => (
        <Box key={one.code} label={one.title}>
          <h2>{one.title}</h2>
          {!one.open && <Badge tone="warning">Fermé</Badge>}
          <p>{one.text}</p>
          <Details summary={`Modifier « ${one.title} »`}>
            <SpaceForm key={one.version} space={one} />
          </Details>
          <Details summary={`Modérateurs de « ${one.title} »`}>
            <Moderators space={one} />
          </Details>
        </Box>
      ))}
    </Page>
  );
}

const PLAIN = ['title', 'text', 'rank', 'read_first', 'open'] as const;
const SPECS: Record<(typeof PLAIN)[number], Spec> = {
  title: { is: 'text', label: 'Nom' },
  text: { is: 'area', label: 'Description', rows: 2 },
  rank: { is: 'number', label: 'Place dans la liste', hint: '1 : en tête.' },
  read_first: { is: 'yes', label: 'Un modérateur lit chaque message avant qu’il paraisse' },
  open: { is: 'yes', label: 'Ouvert : on peut y écrire' },
};

function SpaceForm({ space }: { space: SpaceLine }) {
  const refresh = useRefreshNetwork();
  const named = (name: string) => `${name}-${space.code}`;
  const first = { ...space, rank: String(space.rank) };
  const { draft, set } = useDraft<Record<string, string | boolean>>(
    Object.fromEntries(PLAIN.map((name) => [named(name), first[name]])),
  );
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/network/spaces/{code}', {
          params: { path: { code: space.code }, header: { 'If-Match': `"${space.version}"` } },
          body: {
            title: String(draft[named('title')]),
            text: String(draft[named('text')]),
            rank: Number(draft[named('rank')]),
            read_first: Boolean(draft[named('read_first')]),
            open: Boolean(draft[named('open')]),
          },
        }),
      ),
    refresh,
  );
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([name, said]) => [name.includes(space.code) ? name : named(name), said]),
  );
  const rank = /^\d{1,3}$/.test(String(draft[named('rank')]).trim());
  return (
    <Form
      errors={errors}
      attempt={form.attempt}
      onSubmit={() =>
        form.submit({
          ...required(
            { [named('title')]: String(draft[named('title')]) },
            { [named('title')]: 'Donnez un nom à l’espace' },
          ),
          ...(rank ? {} : { [named('rank')]: 'La place est un nombre entier, de 1 à 999' }),
        })
      }
    >
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Fields
        specs={Object.fromEntries(PLAIN.map((name) => [named(name), SPECS[name]]))}
        draft={draft}
        set={set}
        errors={errors}
      />
      <Button type="submit" className="start" busy={form.busy} about={space.title}>
        Enregistrer
      </Button>
    </Form>
  );
}

function Moderators({ space }: { space: SpaceLine }) {
  const query = useQuery(moderatorsQuery(space.code));
  const refresh = useRefreshNetwork();
  const [said, setSaid] = useState('');
  const name = `email-${space.code}`;
  const { draft, set, reset } = useDraft({ email: '' });
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/spaces/{code}/moderators', {
          params: { path: { code: space.code } },
          body: { email: draft.email.trim() },
        }),
      ),
    () => {
      setSaid('Nommé : un courriel lui dit ce qu’il a à faire.');
      reset();
      refresh();
    },
  );
  const wrong = form.errors['email'];
  return (
    <div className="stack">
      {query.isPending && <Skeleton lines={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && (
        <Empty title="Personne n’est nommé">
          <p>L’équipe de la plateforme modère tous les espaces.</p>
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label={`Modérateurs de « ${space.title} »`}>
          {query.data.items.map((one) => (
            <Row
              key={one.person_id}
              title={one.name}
              facts={`${one.email}, depuis le ${longDate(one.since)}`}
              actions={<Dismiss code={space.code} person={one.person_id} name={one.name} />}
            />
          ))}
        </Rows>
      )}
      <Form
        errors={wrong ? { [name]: wrong } : {}}
        attempt={form.attempt}
        onSubmit={() => form.submit(required(draft, { email: 'Donnez l’adresse de son compte' }))}
      >
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name={name}
          label="Adresse du compte à nommer"
          type="email"
          width="medium"
          value={draft.email}
          onChange={(email) => set({ email })}
          error={wrong}
        />
        <div className="row">
          <Button type="submit" small busy={form.busy} about={`pour ${space.title}`}>
            Nommer
          </Button>
          <Said>{said}</Said>
        </div>
      </Form>
    </div>
  );
}

function Dismiss({ code, person, name }: { code: string; person: number; name: string }) {
  const refresh = useRefreshNetwork();
  const form = useSubmit(
    () =>
      unwrap(
        api.DELETE('/api/v1/network/spaces/{code}/moderators/{ident}', {
          params: { path: { code, ident: person } },
        }),
      ),
    refresh,
  );
  return (
    <>
      {form.failure && <Failure error={form.failure} />}
      <Button small busy={form.busy} about={name} onClick={() => form.submit()}>
        Retirer
      </Button>
    </>
  );
}
