import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { pagesOf } from '../frame/pages';

export type NetworkEvent = components['schemas']['MeetingOut'];
export type Scheme = components['schemas']['SchemeOut'];

export const eventsQuery = (when: 'coming' | 'past') => ({
  ...pagesOf(['network', 'events', when], (from, signal) =>
    unwrap(api.GET('/api/v1/network/events', { params: { query: { when, ...from } }, signal })),
  ),
  staleTime: 0,
});

export const eventQuery = (ident: number) =>
  queryOptions({
    queryKey: ['network', 'event', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/events/{ident}', { params: { path: { ident } }, signal })),
    staleTime: 0,
  });

export const KINDS: { value: Scheme['kind']; label: string }[] = [
  { value: 'aid', label: 'Aide' },
  { value: 'call', label: 'Appel à projets' },
  { value: 'ami', label: 'Appel à manifestation d’intérêt' },
];

/** The clauses of the family « financement public »: what an aid may ask of those it helps. */
export const conditionsQuery = queryOptions({
  queryKey: ['clauses', 'financement-public'],
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/api/v1/clauses', {
        params: { query: { family: ['financement-public'], limit: 50 } },
        signal,
      }),
    ),
});

export type SchemeFilters = { etat?: Scheme['state'] | 'tous'; nature?: Scheme['kind']; mots?: string };

/** Without a choice, those that are open. */
export const schemesQuery = ({ etat = 'open', nature, mots }: SchemeFilters) => ({
  ...pagesOf(['network', 'schemes', etat, nature ?? '', mots ?? ''], (from, signal) =>
    unwrap(
      api.GET('/api/v1/network/schemes', {
        params: {
          query: {
            ...(etat === 'tous' ? {} : { state: etat }),
            ...(nature ? { kind: nature } : {}),
            ...(mots ? { q: mots } : {}),
            ...from,
          },
        },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

const PARIS = new Intl.DateTimeFormat('fr-FR', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'Europe/Paris',
});

/** « Vendredi 4 décembre 2026 à 10 h 00 », in Paris wherever the reader is. */
export function whenWords(iso: string) {
  const words = PARIS.format(new Date(iso)).replace(/(\d{1,2}):(\d{2})$/, '$1\u00a0h\u00a0$2');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The instant of « day, 14:30 » as a clock in Paris shows it; null when it is none. */
export function parisInstant(day: string | null, time: string): string | null {
  const clock = /^(\d{1,2})(?:\s*[h:]\s*(\d{2})|\s*h)$/.exec(time.trim().toLowerCase());
  if (!day || !clock || Number(clock[1]) > 23 || Number(clock[2] ?? 0) > 59) return null;
  const asUtc = new Date(`${day}T${String(clock[1]).padStart(2, '0')}:${clock[2] ?? '00'}:00Z`);
  const shown = new Date(asUtc.toLocaleString('en-US', { timeZone: 'Europe/Paris' }));
  const there = new Date(asUtc.toLocaleString('en-US', { timeZone: 'UTC' }));
  return new Date(asUtc.getTime() - (shown.getTime() - there.getTime())).toISOString();
}

const CLOCK = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' });
const DAY = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Europe/Paris' });

/** The day and the hour of an instant in Paris, as the form takes them: « 2026-12-04 », « 14 h 30 ». */
export function parisParts(iso: string): { day: string; time: string } {
  const at = new Date(iso);
  return { day: DAY.format(at), time: CLOCK.format(at).replace(':', ' h ') };
}
