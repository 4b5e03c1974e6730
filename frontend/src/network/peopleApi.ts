import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { pagesOf } from '../frame/pages';

export type Referent = components['schemas']['ReferentOut'];
export type MyReferent = components['schemas']['MyReferentOut'];
export type SpaceLine = components['schemas']['SpaceOut'];

export interface ReferentFilters {
  famille?: string;
  espace?: string;
  departement?: string;
  organisme?: string;
}

export const referentsQuery = (filters: ReferentFilters) => ({
  ...pagesOf(['network', 'referents', filters], (from, signal) =>
    unwrap(
      api.GET('/api/v1/network/referents', {
        params: {
          query: {
            family: filters.famille ?? '',
            space: filters.espace ?? '',
            department: filters.departement ?? '',
            organisation: Number(filters.organisme) || 0,
            ...from,
          },
        },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

export const myReferentQuery = queryOptions({
  queryKey: ['network', 'my-referent'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/referents/mine', { signal })),
  staleTime: 0,
});

export const moderatorsQuery = (code: string) =>
  queryOptions({
    queryKey: ['network', 'moderators', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/spaces/{code}/moderators', { params: { path: { code } }, signal })),
    staleTime: 0,
  });
