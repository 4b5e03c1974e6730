import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { pagesOf } from '../frame/pages';

export type Question = components['schemas']['QuestionOut'];
export type QuestionLine = components['schemas']['QuestionLine'];
export type Answer = components['schemas']['ReplyOut'];

export const spacesQuery = queryOptions({
  queryKey: ['network', 'spaces'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/spaces', { signal })),
  staleTime: 0,
});

export const questionsQuery = (query: { space?: string; clause?: string; q?: string }) => ({
  ...pagesOf(['network', 'questions', query], (from, signal) =>
    unwrap(api.GET('/api/v1/network/questions', { params: { query: { ...query, ...from } }, signal })),
  ),
  staleTime: 0,
});

export const questionQuery = (ident: number) =>
  queryOptions({
    queryKey: ['network', 'question', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/questions/{ident}', { params: { path: { ident } }, signal })),
    staleTime: 0,
  });

export const waitingQuery = queryOptions({
  queryKey: ['network', 'moderation'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/moderation', { signal })),
  staleTime: 0,
  retry: false,
});

export const experiencesQuery = (clause: string) => ({
  ...pagesOf(['network', 'experiences', clause], (from, signal) =>
    unwrap(api.GET('/api/v1/network/experiences', { params: { query: { clause, ...from } }, signal })),
  ),
  staleTime: 0,
});

export const journalQuery = {
  ...pagesOf(['network', 'journal'], (from, signal) =>
    unwrap(api.GET('/api/v1/network/moderation/journal', { params: { query: from }, signal })),
  ),
  staleTime: 0,
};

export function useRefreshNetwork() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['network'] });
}

export const STATES: Record<string, string> = {
  pending: 'En attente de relecture : vous seul et les modérateurs le voient',
  hidden: 'Masqué par un modérateur',
};

export const REPORTS = [
  { value: 'advertising', label: 'Publicité' },
  { value: 'offensive', label: 'Propos blessants' },
  { value: 'personal_data', label: 'Données personnelles' },
  { value: 'wrong', label: 'Information fausse' },
  { value: 'other', label: 'Autre raison' },
] as const;
