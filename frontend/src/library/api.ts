import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Coded, Vocabulary } from '../api/types';
import { apiQuery, type Filters } from './filters';
import { pagesOf } from '../frame/pages';

const HOUR = 3_600_000;

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/vocabulary', { signal })),
  staleTime: HOUR,
});

export const familiesQuery = queryOptions({
  queryKey: ['families'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/families', { signal })),
  staleTime: HOUR,
});

export const familyQuery = (code: string) =>
  queryOptions({
    queryKey: ['family', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/families/{code}', { params: { path: { code } }, signal })),
  });

export const glossaryQuery = queryOptions({
  queryKey: ['glossary'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/glossary', { signal })),
  staleTime: HOUR,
});

export const clausesQuery = (filters: Filters) =>
  pagesOf(['clauses', filters], (from, signal) =>
    unwrap(
      api.GET('/api/v1/clauses', {
        params: { query: { ...apiQuery(filters), limit: 20, ...from } },
        signal,
      }),
    ),
  );

/** The first clauses of a search, without paging. */
export const clausesPageQuery = (filters: Filters, limit: number) =>
  queryOptions({
    queryKey: ['clauses', 'first', filters, limit],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clauses', { params: { query: { ...apiQuery(filters), limit } }, signal })),
    placeholderData: keepPreviousData,
  });

export const clauseQuery = (id: string) =>
  queryOptions({
    queryKey: ['clause', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clauses/{ident}', { params: { path: { ident: id } }, signal })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['clause', id, 'versions'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/clauses/{ident}/versions', { params: { path: { ident: id } }, signal })),
  });

export const diffQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['clause', id, 'diff', from, to],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/clauses/{ident}/diff', {
          params: { path: { ident: id }, query: { from, to } },
          signal,
        }),
      ),
  });

/** The own wording of the reader's organisation; null when it has none. */
export const overlayQuery = (id: string) =>
  queryOptions({
    queryKey: ['clause', id, 'overlay'],
    queryFn: async ({ signal }) => {
      try {
        return await unwrap(
          api.GET('/api/v1/clauses/{ident}/overlay', { params: { path: { ident: id } }, signal }),
        );
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });

export const overlaysQuery = queryOptions({
  queryKey: ['overlays'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/overlays', { params: { query: { limit: 100 } }, signal })),
});

export const cpvQuery = (q: string) =>
  queryOptions({
    queryKey: ['cpv', q],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/cpv', { params: { query: { q } }, signal })),
    enabled: q.trim().length >= 2,
    staleTime: HOUR,
    placeholderData: keepPreviousData,
  });

/** What the words typed so far may mean; an unfinished last word is completed by the server. */
export const suggestionsQuery = (q: string) =>
  queryOptions({
    queryKey: ['suggestions', q],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/suggestions', { params: { query: { q } }, signal })),
    enabled: q.trim().length >= 2,
    staleTime: HOUR,
    placeholderData: keepPreviousData,
  });

export type Labels = (list: keyof Vocabulary, code: string | number) => string;

/** The French of a code; the code itself until the vocabulary is there. */
export function useLabels(): Labels {
  const { data } = useQuery(vocabularyQuery);
  return (list, code) => {
    const found = (data?.[list] as Coded[] | undefined)?.find((entry) => String(entry.code) === String(code));
    // Before the vocabulary is there, no code of the house is shown.
    return found?.label ?? (data ? String(code) : '…');
  };
}
