import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type NetworkEvent = components['schemas']['MeetingOut'];
export type Scheme = components['schemas']['SchemeOut'];

export const eventsQuery = (when: 'coming' | 'past') =>
  queryOptions({
    queryKey: ['network', 'events', when],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/events', { params: { query: { when, limit: 50 } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const eventQuery = (ident: number) =>
  queryOptions({
    queryKey: ['network', 'event', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/events/{ident}', { params: { path: { ident } }, signal })),
    staleTime: 0,
  });

export const schemesQuery = (state: Scheme['state'] | '') =>
  queryOptions({
    queryKey: ['network', 'schemes', state],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/network/schemes', {
          params: { query: { limit: 50, ...(state ? { state } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
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
