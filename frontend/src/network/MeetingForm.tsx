import { useNavigate } from '@tanstack/react-router';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { isoDate } from '../frame/french';
import { Button } from '../ui/Button';
import { type Errors, Form } from '../ui/Form';
import { Failure } from '../ui/State';
import { type NetworkEvent, parisInstant, parisParts } from './calendarApi';
import { Fields, useDraft } from './draft';
import { useRefreshNetwork } from './talkApi';

const BLANK = { title: '', text: '', place: '', day: '', starts_at: '', ends_at: '', capacity: '' };
type Typed = typeof BLANK;

const SPECS = {
  title: { is: 'text', label: 'Titre' },
  text: { is: 'area', label: 'Description' },
  place: { is: 'text', label: 'Lieu, ou adresse de la visioconférence' },
  day: { is: 'date', label: 'Date' },
  starts_at: {
    is: 'text',
    label: 'Heure de début',
    hint: 'Heure de Paris, par exemple 14 h 30.',
    width: 'short',
  },
  ends_at: { is: 'text', label: 'Heure de fin', width: 'short' },
  capacity: {
    is: 'number',
    label: 'Nombre de places',
    optional: true,
    hint: 'Au-delà, les personnes prennent rang sur une liste d’attente.',
  },
} as const;

const typedOf = (event: NetworkEvent): Typed => ({
  title: event.title,
  text: event.text,
  place: event.place,
  day: parisParts(event.starts_at).day,
  starts_at: parisParts(event.starts_at).time,
  ends_at: parisParts(event.ends_at).time,
  capacity: event.capacity === null ? '' : String(event.capacity),
});

function faults(draft: Typed, starts: string | null, ends: string | null): Errors {
  const own: Errors = {};
  if (!draft.title.trim()) own['title'] = 'Donnez un titre à l’événement';
  if (!draft.text.trim()) own['text'] = 'Décrivez l’événement en quelques phrases';
  if (!draft.place.trim()) own['place'] = 'Donnez le lieu, ou l’adresse de la visioconférence';
  if (!isoDate(draft.day)) own['day'] = 'Donnez le jour, le mois et l’année';
  else if (!starts) own['starts_at'] = 'Donnez l’heure de début, par exemple 14 h 30';
  else if (!ends) own['ends_at'] = 'Donnez l’heure de fin, par exemple 16 h 00';
  else if (ends <= starts) own['ends_at'] = 'La fin doit venir après le début';
  if (draft.capacity.trim() && !/^\d+$/.test(draft.capacity.trim()))
    own['capacity'] = 'Le nombre de places est un nombre entier';
  return own;
}

/** Announces an event, or changes one: those who are registered are told when its hour or its place moves. */
export function MeetingForm({ event, onDone }: { event?: NetworkEvent; onDone?: () => void }) {
  const navigate = useNavigate();
  const refresh = useRefreshNetwork();
  const { draft, key, set } = useDraft(event ? typedOf(event) : BLANK);
  const day = isoDate(draft.day);
  const starts = parisInstant(day, draft.starts_at);
  const ends = parisInstant(day, draft.ends_at);
  const body = {
    title: draft.title,
    text: draft.text,
    place: draft.place,
    space: event?.space ?? '',
    starts_at: starts ?? '',
    ends_at: ends ?? '',
    capacity: draft.capacity.trim() ? Number(draft.capacity) : null,
  };
  const form = useSubmit(
    () =>
      unwrap(
        event
          ? api.PUT('/api/v1/network/events/{ident}', {
              params: { path: { ident: event.id }, header: { 'If-Match': `"${event.version}"` } },
              body,
            })
          : api.POST('/api/v1/network/events', { params: { header: { 'Idempotency-Key': key } }, body }),
      ),
    (made) => {
      refresh();
      onDone?.();
      if (!event) void navigate({ to: '/evenements/$id', params: { id: String(made.id) } });
    },
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() => form.submit(faults(draft, starts, ends))}
    >
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Fields specs={SPECS} draft={draft} set={set} errors={form.errors} />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        {event ? 'Enregistrer les changements' : 'Publier l’événement'}
      </Button>
    </Form>
  );
}
