import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { type FirmFilters, type Followed, firmQuery, type MaterialFilters } from './filters';
import { pagesOf } from '../frame/pages';

type Schemas = components['schemas'];
export type Firm = Schemas['FirmOut'];
export type FirmSummary = Schemas['FirmSummary'];
export type Offer = Schemas['OfferOut'];
export type Proof = Schemas['ProofOut'];
export type Capability = Schemas['CapabilityOut'];
export type Programme = Schemas['ProgrammeOut'];
export type StatusMark = Schemas['StatusOut'];
export type Depth = Schemas['DepthOut'];

export const firmsQuery = (filters: FirmFilters) =>
  pagesOf(['firms', filters], (from, signal) =>
    unwrap(
      api.GET('/api/v1/firms', {
        params: { query: { ...firmQuery(filters), ...from } },
        signal,
      }),
    ),
  );

export const firmFacetsQuery = (filters: FirmFilters) =>
  queryOptions({
    queryKey: ['firms', 'facets', filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/firms/facets', { params: { query: firmQuery(filters) }, signal })),
    placeholderData: keepPreviousData,
  });

export const firmMapQuery = (filters: FirmFilters) =>
  queryOptions({
    queryKey: ['firms', 'map', filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/firms/map', { params: { query: firmQuery(filters) }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });

export const firmPageQuery = (siret: string) =>
  queryOptions({
    queryKey: ['firm', siret],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/firms/{siret}', { params: { path: { siret } }, signal })),
    retry: false,
  });

const followedQuery = ({ family, department }: Followed) => ({
  ...(family ? { family: [family] } : {}),
  ...(department ? { department: [department] } : {}),
});

export const programmesQuery = (followed: Followed) =>
  pagesOf(['programmes', followed], (from, signal) =>
    unwrap(
      api.GET('/api/v1/programmes', {
        params: { query: { ...followedQuery(followed), ...from } },
        signal,
      }),
    ),
  );

export const programmeQuery = (ident: number) =>
  queryOptions({
    queryKey: ['programme', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/programmes/{ident}', { params: { path: { ident } }, signal })),
    retry: false,
  });

export const myProgrammesQuery = queryOptions({
  queryKey: ['programmes', 'mine'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/programmes/mine', { signal })),
});

export const materialsQuery = ({ family, department, direction }: MaterialFilters) =>
  pagesOf(['offers', family, department, direction], (from, signal) =>
    unwrap(
      api.GET('/api/v1/offers', {
        params: {
          query: {
            kind: 'material_flow',
            ...(family ? { family } : {}),
            ...(department ? { department } : {}),
            ...(direction ? { direction } : {}),
            ...from,
          },
        },
        signal,
      }),
    ),
  );

export const searchesQuery = queryOptions({
  queryKey: ['saved-searches'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/saved-searches', { signal })),
});

export const depthQuery = (clause: string, department: string) =>
  queryOptions({
    queryKey: ['depth', clause, department],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/market/depth', {
          params: { query: { clause, ...(department ? { department: [department] } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface Demand {
  clause: string;
}

export const feasibilityQuery = (items: Demand[], department: string) =>
  queryOptions({
    queryKey: ['feasibility', items, department],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST('/api/v1/market/feasibility', {
          body: { items, departments: department ? [department] : [] },
          signal,
        }),
      ),
    enabled: items.length > 0,
    placeholderData: keepPreviousData,
  });

export const voiceQuery = (clause: string) =>
  queryOptions({
    queryKey: ['market', 'voice', clause],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clause-feedback/{clause}', { params: { path: { clause } }, signal })),
    retry: false,
  });

export const voicesQuery = queryOptions({
  queryKey: ['market', 'voices'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/clause-voices', { signal })),
});

export const proofsToVerifyQuery = (state: 'waiting' | 'verified') =>
  pagesOf(['market', 'proofs', state], (from, signal) =>
    unwrap(
      api.GET('/api/v1/proof-verifications', {
        params: { query: { state, ...from } },
        signal,
      }),
    ),
  );
