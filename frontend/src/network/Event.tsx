import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { count } from '../frame/french';
import { Button } from '../ui/Button';
import { Details, Summary } from '../ui/Card';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Said, Skeleton, Status } from '../ui/State';
import { SignInFirst } from './AskForm';
import { eventQuery, type NetworkEvent, whenWords } from './calendarApi';
import { MeetingForm } from './MeetingForm';
import { Paragraphs } from './Question';
import { useRefreshNetwork } from './talkApi';

const CRUMBS = [{ label: 'Événements', link: { to: '/evenements' as const } }];

export function Event() {
  const { id } = useParams({ from: '/evenements/$id' });
  const query = useQuery(eventQuery(Number(id) || 0));
  if (query.data) return <Whole event={query.data} />;
  return (
    <Page title="Événement" crumbs={CRUMBS} narrow>
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
    </Page>
  );
}

function Whole({ event }: { event: NetworkEvent }) {
  return (
    <Page title={event.title} crumbs={CRUMBS} narrow>
      {event.cancelled && (
        <Notice tone="danger" title="Cet événement est annulé">
          <p>Raison : {event.reason}</p>
        </Notice>
      )}
      <Summary
        rows={[
          { term: 'Début', value: whenWords(event.starts_at) },
          { term: 'Fin', value: whenWords(event.ends_at) },
          { term: 'Lieu', value: event.place },
          { term: 'Organisé par', value: event.organisation },
          {
            term: 'Places',
            value: event.capacity
              ? `${count(event.capacity, 'place')}, ${count(event.seated, 'inscrit')}, ${event.waiting} en liste d’attente`
              : `Sans limite, ${count(event.seated, 'inscrit')}`,
          },
        ]}
      />
      <Paragraphs text={event.text} />
      <p>
        <a href={`/api/v1/network/events/${event.id}/calendar.ics`} download>
          Ajouter à mon agenda (ICS)
        </a>
      </p>
      <Registration event={event} />
      {event.may.includes('manage') && <Manage event={event} />}
    </Page>
  );
}

const MINE = {
  seated: 'Vous êtes inscrit.',
  waiting: 'Vous êtes sur la liste d’attente : un message vous préviendra si une place se libère.',
};

function Registration({ event }: { event: NetworkEvent }) {
  const session = useSession();
  const refresh = useRefreshNetwork();
  const at = { params: { path: { ident: event.id } } };
  const form = useSubmit(
    () =>
      unwrap(
        event.mine
          ? api.DELETE('/api/v1/network/events/{ident}/registration', at)
          : api.PUT('/api/v1/network/events/{ident}/registration', at),
      ),
    refresh,
  );
  if (event.cancelled || !session) return null;
  if (event.over) return <p className="soft">L’événement a commencé : les inscriptions sont closes.</p>;
  if (!session.person) return <SignInFirst to="pour vous inscrire." />;
  const full = event.capacity !== null && event.seated >= event.capacity;
  return (
    <Section title="Mon inscription">
      {form.failure && <Failure error={form.failure} />}
      <Status>{event.mine ? MINE[event.mine] : ''}</Status>
      <Button look="primary" className="start" busy={form.busy} onClick={() => form.submit()}>
        {event.mine ? 'Me désinscrire' : full ? 'Prendre rang sur la liste d’attente' : 'M’inscrire'}
      </Button>
    </Section>
  );
}

function Manage({ event }: { event: NetworkEvent }) {
  const [reason, setReason] = useState('');
  const refresh = useRefreshNetwork();
  const people = useQuery({
    queryKey: ['network', 'attendees', event.id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/network/events/{ident}/attendees', {
          params: { path: { ident: event.id } },
          signal,
        }),
      ),
  });
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/events/{ident}/cancellation', {
          params: { path: { ident: event.id }, header: { 'If-Match': `"${event.version}"` } },
          body: { reason },
        }),
      ),
    refresh,
  );
  return (
    <Section title="Tenir l’événement">
      {people.isError && <Failure error={people.error} retry={() => void people.refetch()} />}
      {people.data && (
        <Summary
          rows={[
            { term: 'Inscrits', value: people.data.seated.join(', ') || 'Personne pour l’instant' },
            { term: 'Liste d’attente', value: people.data.waiting.join(', ') || 'Personne' },
          ]}
        />
      )}
      {!event.cancelled && !event.over && <Change event={event} />}
      {!event.cancelled && (
        <Details summary="Annuler l’événement">
          <Form
            errors={form.errors}
            attempt={form.attempt}
            onSubmit={() =>
              form.submit(required({ reason }, { reason: 'Dites pourquoi : les inscrits le liront' }))
            }
          >
            {form.failure && <Failure error={form.failure} />}
            <TextField
              name="reason"
              label="Raison"
              hint="Les inscrits la reçoivent par courriel."
              value={reason}
              onChange={setReason}
              error={form.errors['reason']}
            />
            <Button type="submit" look="danger" className="start" busy={form.busy}>
              Annuler l’événement
            </Button>
          </Form>
        </Details>
      )}
    </Section>
  );
}

function Change({ event }: { event: NetworkEvent }) {
  const [said, setSaid] = useState('');
  return (
    <>
      <Details summary="Modifier l’événement">
        <MeetingForm
          key={event.version}
          event={event}
          onDone={() => setSaid('Enregistré : les inscrits apprennent tout changement d’heure ou de lieu.')}
        />
      </Details>
      <Said>{said}</Said>
    </>
  );
}
