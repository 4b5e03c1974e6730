import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

const at = (ident: number) => ({ params: { path: { ident } } });

export const organisationQuery = (ident: number) =>
  queryOptions({
    queryKey: ['organisation', ident],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organisations/{ident}', { ...at(ident), signal })),
    staleTime: 0,
  });

export const membersQuery = (ident: number) =>
  queryOptions({
    queryKey: ['organisation', ident, 'members'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/organisations/{ident}/members', { ...at(ident), signal })),
    staleTime: 0,
  });

export const invitationsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['organisation', ident, 'invitations'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/organisations/{ident}/invitations', { ...at(ident), signal })),
    staleTime: 0,
  });

export const requestsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['organisation', ident, 'requests'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/organisations/{ident}/requests', { ...at(ident), signal })),
    staleTime: 0,
  });

export function useRefreshOrganisation() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['organisation'] });
    void queries.invalidateQueries({ queryKey: ['session'] });
  };
}
