import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { problemOf } from '../api/problem';
import type { components } from '../api/schema';
import { nameOf, readProblem } from '../purchases/api';
import { save } from '../frame/save';

type Schemas = components['schemas'];
export type Respect = Schemas['RespectOut'];
export type Series = Schemas['SeriesOut'];
export type CommitmentProgress = Schemas['CommitmentProgress'];
export type Agec = Schemas['AgecTrackingOut'];
export type Spaser = Schemas['SpaserOut'];
export type Adhesion = Schemas['AdhesionOut'];
export type Asked = Schemas['AskedLine'];
export type Rate = Schemas['RateLine'];
export type DashboardPart = Schemas['DashboardPart'];

export interface RegisterFilters {
  department?: string | undefined;
  kind?: 'state' | 'local_authority' | 'public_establishment' | 'contracting_entity' | undefined;
  version?: number | undefined;
  q?: string | undefined;
}

export const versionsQuery = queryOptions({
  queryKey: ['charter', 'versions'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/charter/versions', { signal })),
});

export const versionQuery = (number: number) =>
  queryOptions({
    queryKey: ['charter', 'versions', number],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/charter/versions/{number}', { params: { path: { number } }, signal })),
  });

export const registerQuery = (filters: RegisterFilters, cursor?: string) =>
  queryOptions({
    queryKey: ['charter', 'signatories', filters, cursor],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/charter/signatories', {
          params: { query: { ...filters, ...(cursor ? { cursor } : {}) } as never },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const adhesionQuery = queryOptions({
  queryKey: ['charter', 'adhesion'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/charter/adhesion', { signal })),
  staleTime: 0,
});

export const respectsQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['charter', 'respect', 'list', cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/charter/respect', { params: { query: cursor ? { cursor } : {} }, signal })),
    staleTime: 0,
  });

export const respectQuery = (ident: number) =>
  queryOptions({
    queryKey: ['charter', 'respect', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/charter/respect/{ident}', { params: { path: { ident } }, signal })),
    staleTime: 0,
  });

export const progressQuery = (year: number) =>
  queryOptions({
    queryKey: ['charter', 'progress', year],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/charter/progress', { params: { query: { year } }, signal })),
    staleTime: 0,
  });

export const agecQuery = (year: number) =>
  queryOptions({
    queryKey: ['charter', 'agec', year],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/charter/agec', { params: { query: { year } }, signal })),
    staleTime: 0,
  });

export const spaserQuery = (year: number) =>
  queryOptions({
    queryKey: ['charter', 'spaser', year],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/charter/spaser', { params: { query: { year } }, signal })),
    staleTime: 0,
  });

export const publishedQuery = queryOptions({
  queryKey: ['spaser'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/spaser', { params: { query: { limit: 100 } }, signal })),
});

export const publishedSpaserQuery = (siret: string, year: number) =>
  queryOptions({
    queryKey: ['spaser', siret, year],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/spaser/{siret}/{year}', { params: { path: { siret, year } }, signal })),
    retry: false,
  });

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/dashboard', { signal })),
});

export const askedQuery = queryOptions({
  queryKey: ['charter', 'asked'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/charter/adhesions', { params: { query: { limit: 100 } }, signal })),
  staleTime: 0,
});

export const ratesQuery = queryOptions({
  queryKey: ['charter', 'rates'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/charter/agec-rates', { signal })),
  staleTime: 0,
});

export function useRefreshCharter() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['charter'] });
}

/** A declared figure: `version` when there is one already. */
export function declare(code: string, period: string, value: number, note: string, version: number | null) {
  return unwrap(
    api.PUT('/api/v1/charter/figures/{code}/{period}', {
      params: { path: { code, period }, ...(version ? { header: { 'If-Match': `"${version}"` } } : {}) },
      body: { value, note },
    }),
  );
}

export function joinProof(ident: number, file: File) {
  return unwrap(
    api.POST('/api/v1/charter/proofs/{ident}', {
      params: { path: { ident }, query: { name: file.name } },
      body: file as never,
      bodySerializer: () => file,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
  );
}

export async function takeLetter(name: 'delegation' | 'deliberation', body: Schemas['LetterIn']) {
  const { data, error, response } = await api.POST('/api/v1/charter/letters/{name}', {
    params: { path: { name } },
    body,
    parseAs: 'blob',
  });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  save({ name: nameOf(response, `charte-${name}.docx`), content: data as unknown as Blob });
}
