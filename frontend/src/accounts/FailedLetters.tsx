import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { count, longDate, moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Failure } from '../ui/State';
import { Gate } from './Gate';
import { useSubmit } from './submit';
import { pagesOf } from '../frame/pages';

const TITLE = 'Envois et travaux en échec';

/** What did not leave, the addresses that refuse our letters, the jobs that failed: for the administrators of the platform. */
export function FailedLetters() {
  return (
    <Gate need="platform_admin" title={TITLE}>
      {() => (
        <Page
          title={TITLE}
          crumbs={[{ label: 'Administration', link: { to: '/administration' } }]}
          lead="Le texte des messages n’est pas montré, ni ce que portent les travaux de fond."
        >
          <Letters />
          <Addresses />
          <Jobs />
        </Page>
      )}
    </Gate>
  );
}

function Letters() {
  const query = useInfiniteQuery({
    ...pagesOf(['platform', 'failed-letters'], (from, signal) =>
      unwrap(
        api.GET('/api/v1/platform/failed-letters', {
          params: { query: from },
          signal,
        }),
      ),
    ),
    staleTime: 0,
  });
  return (
    <Section title="Messages">
      <PagedRows
        query={query}
        label="Messages en échec"
        empty="Tous les messages des trente derniers jours sont partis"
        row={(item) => <Letter key={item.id} item={item} />}
      />
    </Section>
  );
}

function useRefresh() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['platform'] });
}

function Letter({ item }: { item: components['schemas']['FailedLetterOut'] }) {
  const refresh = useRefresh();
  const retry = useSubmit(
    () =>
      done(
        api.POST('/api/v1/platform/failed-letters/{ident}/retry', { params: { path: { ident: item.id } } }),
      ),
    refresh,
  );
  return (
    <Row
      title={item.subject}
      facts={`${item.recipient} ; ${moment(item.failed_at)} ; ${count(item.attempts, 'essai')} ; ${item.error}`}
      actions={
        item.may.includes('retry') && (
          <>
            {retry.failure && <Failure error={retry.failure} />}
            <Button
              small
              about={`« ${item.subject} » à ${item.recipient}`}
              busy={retry.busy}
              onClick={() => retry.submit()}
            >
              Réessayer
            </Button>
          </>
        )
      }
    />
  );
}

function Addresses() {
  const query = useInfiniteQuery({
    ...pagesOf(['platform', 'refused-addresses'], (from, signal) =>
      unwrap(
        api.GET('/api/v1/platform/refused-addresses', {
          params: { query: from },
          signal,
        }),
      ),
    ),
    staleTime: 0,
  });
  return (
    <Section
      title="Adresses suspendues"
      intro="Leur serveur refuse nos messages : les avis n’y partent plus ; les liens que la personne demande partent toujours."
    >
      <PagedRows
        query={query}
        label="Adresses suspendues"
        empty="Aucune adresse suspendue"
        row={(item) => <Address key={item.email} item={item} />}
      />
    </Section>
  );
}

function Address({ item }: { item: components['schemas']['RefusedAddressOut'] }) {
  const refresh = useRefresh();
  const lift = useSubmit(
    () => done(api.POST('/api/v1/platform/refused-addresses/lift', { body: { email: item.email } })),
    refresh,
  );
  return (
    <Row
      title={item.email}
      facts={`Depuis le ${longDate(item.since)} ; ${count(item.bounces, 'refus', 'refus')} ; ${item.reason}`}
      actions={
        <>
          {lift.failure && <Failure error={lift.failure} />}
          <Button small about={item.email} busy={lift.busy} onClick={() => lift.submit()}>
            Lever la suspension
          </Button>
        </>
      }
    />
  );
}

function Jobs() {
  const query = useInfiniteQuery({
    ...pagesOf(['platform', 'failed-jobs'], (from, signal) =>
      unwrap(api.GET('/api/v1/platform/failed-jobs', { params: { query: from }, signal })),
    ),
    staleTime: 0,
  });
  return (
    <Section
      title="Travaux de fond"
      intro="Ce que le service fait sans attendre : relances, alertes, effacements. Un travail relancé ne fait rien deux fois."
    >
      <PagedRows
        query={query}
        label="Travaux en échec"
        empty="Aucun travail en échec"
        row={(item) => <Job key={item.id} item={item} />}
      />
    </Section>
  );
}

function Job({ item }: { item: components['schemas']['FailedJobOut'] }) {
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const at = { params: { path: { ident: item.id } } };
  const retry = useSubmit(() => done(api.POST('/api/v1/platform/failed-jobs/{ident}/retry', at)), refresh);
  const drop = useSubmit(() => done(api.DELETE('/api/v1/platform/failed-jobs/{ident}', at)), refresh);
  const failure = retry.failure ?? drop.failure;
  const about = `le travail ${item.id}, ${item.room}`;
  return (
    <Row
      title={item.room}
      facts={
        <>
          <code>{item.task}</code> ; {moment(item.failed_at)} ; {count(item.attempts, 'essai')} ;{' '}
          {item.reason}
        </>
      }
      actions={
        <>
          {failure && <Failure error={failure} />}
          <Button small about={about} busy={retry.busy} onClick={() => retry.submit()}>
            Relancer
          </Button>
          <Button small look="quiet" about={about} busy={drop.busy} onClick={() => setAsking(true)}>
            Abandonner
          </Button>
          <Confirm
            open={asking}
            title="Abandonner ce travail ?"
            action="Abandonner"
            onClose={() => setAsking(false)}
            onConfirm={() => {
              setAsking(false);
              drop.submit();
            }}
          >
            <p>Ce qu’il devait faire ne sera pas fait.</p>
          </Confirm>
        </>
      }
    />
  );
}
