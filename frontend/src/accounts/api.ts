import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { rememberToken } from '../api/csrf';
import type { Session } from '../api/types';
import { sessionQuery } from './session';

export const waysQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sign-in', { signal })),
});

export const demoAccountsQuery = queryOptions({
  queryKey: ['demo', 'accounts'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/demo/accounts', { signal })),
});

export const securityQuery = queryOptions({
  queryKey: ['me', 'security'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/security', { signal })),
  staleTime: 0,
});

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/sessions', { signal })),
  staleTime: 0,
});

export const keysQuery = queryOptions({
  queryKey: ['me', 'keys'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/api-keys', { signal })),
  staleTime: 0,
});

/** Takes the session that a sign-in has just answered: the frame and the gates follow at once. */
export function useTakeSession() {
  const queries = useQueryClient();
  return (session: Session) => {
    rememberToken(session.csrf_token);
    queries.setQueryData(sessionQuery.queryKey, session);
    void queries.invalidateQueries({ queryKey: ['me'] });
  };
}

/** After an answer that renewed the session without telling it: read it again. */
export function useRefreshSession() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    await queries.invalidateQueries({ queryKey: ['me'] });
  };
}

const kept = new Map<string, string>();

/** The secret after the `#` of a one-time link: no server sees it, and a sign-in on the way does not lose it. */
export function tokenInAddress(): string {
  const { hash, pathname } = window.location;
  if (hash.length > 1) kept.set(pathname, hash.slice(1));
  return kept.get(pathname) ?? '';
}

/** A page of this very site, else the home page. */
export function wayBack(asked: string | undefined): string {
  return asked?.startsWith('/') && !asked.startsWith('//') && !asked.startsWith('/\\') ? asked : '/';
}
