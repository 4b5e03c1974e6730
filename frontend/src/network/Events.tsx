import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { isoDate } from '../frame/french';
import { Button } from '../ui/Button';
import { DateField } from '../ui/Choice';
import { Details } from '../ui/Card';
import { NumberField, TextArea, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { SignInFirst } from './AskForm';
import { eventsQuery, parisInstant, whenWords } from './calendarApi';
import { useRefreshNetwork } from './talkApi';

export function Events() {
  const coming = useQuery(eventsQuery('coming'));
  return (
    <Page
      title="Événements"
      lead="Rencontres, visites et webinaires du réseau. Les heures sont celles de Paris."
    >
      <p>
        <a href="/api/v1/network/events/calendar.ics">S’abonner aux événements dans son agenda (ICS)</a>
      </p>
      <Section title="À venir">
        <List when="coming" empty="Aucun événement annoncé pour l’instant" />
      </Section>
      {coming.data?.may.includes('announce') ? (
        <Details summary="Annoncer un événement">
          <Announce />
        </Details>
      ) : (
        <WhoAnnounces />
      )}
      <Section title="Passés">
        <List when="past" empty="Aucun événement passé" />
      </Section>
    </Page>
  );
}

function WhoAnnounces() {
  const session = useSession();
  if (!session) return null;
  if (!session.person) return <SignInFirst to="pour annoncer un événement ou retrouver vos inscriptions." />;
  return <p className="soft">Les rédacteurs d’une organisation publique peuvent annoncer un événement.</p>;
}

function List({ when, empty }: { when: 'coming' | 'past'; empty: string }) {
  const query = useQuery(eventsQuery(when));
  if (query.isPending) return <Skeleton lines={3} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data.items.length) return <Empty title={empty} />;
  return (
    <Rows label={when === 'coming' ? 'Événements à venir' : 'Événements passés'}>
      {query.data.items.map((one) => (
        <Row
          key={one.id}
          title={
            <Link to="/evenements/$id" params={{ id: String(one.id) }}>
              {one.title}
            </Link>
          }
          facts={`${whenWords(one.starts_at)}. ${one.place}. ${one.organisation}.`}
          actions={
            one.cancelled ? (
              <Badge tone="danger">Annulé</Badge>
            ) : one.mine ? (
              <Badge tone="success">{one.mine === 'seated' ? 'Inscrit' : 'En liste d’attente'}</Badge>
            ) : undefined
          }
        />
      ))}
    </Rows>
  );
}

const BLANK = { title: '', text: '', place: '', day: '', from: '', to: '', capacity: '' };

function Announce() {
  const navigate = useNavigate();
  const refresh = useRefreshNetwork();
  const [draft, setDraft] = useState(BLANK);
  const [key, setKey] = useState(newKey);
  const set = (change: Partial<typeof BLANK>) => {
    setDraft({ ...draft, ...change });
    setKey(newKey());
  };
  const day = isoDate(draft.day);
  const starts = parisInstant(day, draft.from);
  const ends = parisInstant(day, draft.to);
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/events', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            title: draft.title,
            text: draft.text,
            place: draft.place,
            space: '',
            starts_at: starts ?? '',
            ends_at: ends ?? '',
            capacity: draft.capacity.trim() ? Number(draft.capacity) : null,
          },
        }),
      ),
    (made) => {
      refresh();
      void navigate({ to: '/evenements/$id', params: { id: String(made.id) } });
    },
  );
  const submit = () => {
    const own: Errors = {};
    if (!draft.title.trim()) own['title'] = 'Donnez un titre à l’événement';
    if (!draft.text.trim()) own['text'] = 'Décrivez l’événement en quelques phrases';
    if (!draft.place.trim()) own['place'] = 'Donnez le lieu, ou l’adresse de la visioconférence';
    if (!day) own['day'] = 'Donnez le jour, le mois et l’année';
    else if (!starts) own['starts_at'] = 'Donnez l’heure de début, par exemple 14 h 30';
    else if (!ends) own['ends_at'] = 'Donnez l’heure de fin, par exemple 16 h 00';
    else if (ends <= starts) own['ends_at'] = 'La fin doit venir après le début';
    if (draft.capacity.trim() && !/^\d+$/.test(draft.capacity.trim()))
      own['capacity'] = 'Le nombre de places est un nombre entier';
    form.submit(own);
  };
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={submit}>
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <TextField
        name="title"
        label="Titre"
        value={draft.title}
        onChange={(title) => set({ title })}
        error={form.errors['title']}
      />
      <TextArea
        name="text"
        label="Description"
        value={draft.text}
        onChange={(text) => set({ text })}
        error={form.errors['text']}
      />
      <TextField
        name="place"
        label="Lieu, ou adresse de la visioconférence"
        value={draft.place}
        onChange={(place) => set({ place })}
        error={form.errors['place']}
      />
      <DateField
        name="day"
        label="Date"
        value={draft.day}
        onChange={(value) => set({ day: value })}
        error={form.errors['day']}
      />
      <TextField
        name="starts_at"
        label="Heure de début"
        hint="Heure de Paris, par exemple 14 h 30."
        width="short"
        value={draft.from}
        onChange={(from) => set({ from })}
        error={form.errors['starts_at']}
      />
      <TextField
        name="ends_at"
        label="Heure de fin"
        width="short"
        value={draft.to}
        onChange={(to) => set({ to })}
        error={form.errors['ends_at']}
      />
      <NumberField
        name="capacity"
        label="Nombre de places"
        optional
        hint="Au-delà, les personnes prennent rang sur une liste d’attente."
        value={draft.capacity}
        onChange={(capacity) => set({ capacity })}
        error={form.errors['capacity']}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        Publier l’événement
      </Button>
    </Form>
  );
}
