import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { rememberToken } from '../api/csrf';
import type { Session } from '../api/types';

/** Who is here: the one source for every screen. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await unwrap(api.GET('/api/v1/session', { signal }));
    rememberToken(session.csrf_token);
    return session;
  },
  staleTime: 60_000,
  refetchOnWindowFocus: true,
});

/** The session, or undefined while it is on its way (or when the server is silent: as a visitor then). */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

export type Need =
  | 'signed'
  | 'editorial'
  | 'reader'
  | 'writer'
  | 'administrator'
  | 'editor'
  | 'legal_reviewer'
  | 'platform_admin';

/** Editors and legal reviewers: those who have a place in the editorial room. */
export const isEditorial = (session: Session | undefined): boolean =>
  session?.platform_roles.some((role) => role === 'editor' || role === 'legal_reviewer') ?? false;

const RANK = { reader: 1, writer: 2, administrator: 3 } as const;

/** What is missing for that need: nothing, a sign-in, an organisation, a role, a second factor. The server decides anyway. */
export function missing(
  session: Session,
  need: Need,
  side?: 'buyer' | 'firm',
): '' | 'sign-in' | 'organisation' | 'buyer' | 'firm' | 'role' | 'second-factor' {
  if (!session.person) return 'sign-in';
  if (need === 'signed') return '';
  if (need === 'editorial') {
    if (!isEditorial(session)) return 'role';
    return session.strong ? '' : 'second-factor';
  }
  if (need === 'editor' || need === 'legal_reviewer' || need === 'platform_admin') {
    if (!session.platform_roles.includes(need)) return 'role';
    return session.strong ? '' : 'second-factor';
  }
  if (!session.organisation) return 'organisation';
  if (side && (session.organisation.kind === 'firm') !== (side === 'firm')) return side;
  if (RANK[session.organisation.role] < RANK[need]) return 'role';
  return need === 'administrator' && !session.strong ? 'second-factor' : '';
}
