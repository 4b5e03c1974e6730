import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { useSettled } from '../frame/debounce';
import { count } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Details, Summary } from '../ui/Card';
import { CheckboxGroup } from '../ui/Choice';
import { TextField } from '../ui/Field';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Failure, Skeleton } from '../ui/State';
import { Gate } from './Gate';
import { labelIn, PLATFORM_ROLES, type PlatformRoleName } from './labels';
import { useSubmit } from './submit';
import { pagesOf } from '../frame/pages';

const TITLE = 'Administration';

export function Administration() {
  return (
    <Gate need="platform_admin" title={TITLE}>
      {() => (
        <Page title={TITLE}>
          <p>
            <Link to="/administration/charte">Charte : demandes de signature et taux AGEC</Link>
          </p>
          <p>
            <Link to="/communaute/espaces">Communauté : espaces et modérateurs</Link>
          </p>
          <p>
            <Link to="/administration/envois">Envois et travaux en échec</Link>
          </p>
          <Health />
          <People />
        </Page>
      )}
    </Gate>
  );
}

function Health() {
  const query = useQuery({
    queryKey: ['platform', 'state'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/platform/state', { signal })),
    staleTime: 0,
  });
  return (
    <Section title="État du service">
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <Summary
          rows={[
            {
              term: 'Messages',
              value: `${count(query.data.mails_waiting, 'message')} en attente, ${count(query.data.mails_failed, 'échec')}`,
            },
            {
              term: 'Journal des actes',
              value:
                query.data.trail_broken_at === null ? (
                  <Badge tone="success" icon="check">
                    Intact
                  </Badge>
                ) : (
                  <Badge tone="danger" icon="stop">
                    Rompu à l’acte {query.data.trail_broken_at}
                  </Badge>
                ),
            },
            { term: 'Sessions ouvertes', value: String(query.data.sessions) },
          ]}
        />
      )}
    </Section>
  );
}

function People() {
  const [text, setText] = useState('');
  const q = useSettled(text.trim());
  const query = useInfiniteQuery({
    ...pagesOf(['platform', 'people', q], (from, signal) =>
      unwrap(
        api.GET('/api/v1/platform/people', {
          params: { query: { ...(q ? { q } : {}), ...from } },
          signal,
        }),
      ),
    ),
    staleTime: 0,
  });
  return (
    <Section title="Comptes">
      <TextField
        name="q"
        type="search"
        label="Chercher un nom ou une adresse"
        width="medium"
        value={text}
        onChange={setText}
        native={{ autoComplete: 'off' }}
      />
      <PagedRows
        query={query}
        label="Comptes"
        empty="Aucun compte ne correspond"
        row={(person) => <One key={person.id} person={person} />}
      />
    </Section>
  );
}

type Person = {
  id: number;
  name: string;
  email: string;
  roles: PlatformRoleName[];
  organisations: number;
  suspended: boolean;
  may: string[];
};

function One({ person }: { person: Person }) {
  const queries = useQueryClient();
  const [roles, setRoles] = useState<string[]>(person.roles);
  const refresh = () => void queries.invalidateQueries({ queryKey: ['platform'] });
  const path = { params: { path: { ident: person.id } } };
  const save = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/platform/people/{ident}/roles', {
          ...path,
          body: { roles: roles as PlatformRoleName[] },
        }),
      ),
    refresh,
  );
  const suspend = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/platform/people/{ident}/suspension', {
          ...path,
          body: { suspended: !person.suspended },
        }),
      ),
    refresh,
  );
  const failure = save.failure ?? suspend.failure;
  const held = person.roles.map((role) => labelIn(PLATFORM_ROLES, role)).join(', ');
  return (
    <Row
      title={person.name}
      facts={`${person.email} ; ${count(person.organisations, 'organisation')}${held ? ` ; ${held}` : ''}${person.suspended ? ' ; suspendu' : ''}`}
      actions={
        <Details summary={`Gérer ${person.name}`}>
          {failure && <Failure error={failure} />}
          <CheckboxGroup
            name={`roles-${person.id}`}
            label={`Rôles de ${person.name}`}
            values={roles}
            onChange={setRoles}
            options={PLATFORM_ROLES}
            compact
          />
          <div className="row">
            <Button small look="primary" about={person.name} busy={save.busy} onClick={() => save.submit()}>
              Enregistrer les rôles
            </Button>
            {person.may.includes('suspend') && (
              <Button
                small
                look="danger"
                about={person.name}
                busy={suspend.busy}
                onClick={() => suspend.submit()}
              >
                {person.suspended ? 'Rouvrir le compte' : 'Suspendre le compte'}
              </Button>
            )}
          </div>
        </Details>
      }
    />
  );
}
