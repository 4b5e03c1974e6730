import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type Question = components['schemas']['QuestionOut'];
export type QuestionLine = components['schemas']['QuestionLine'];
export type Answer = components['schemas']['ReplyOut'];

export const spacesQuery = queryOptions({
  queryKey: ['network', 'spaces'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/spaces', { signal })),
  staleTime: 0,
});

export const questionsQuery = (query: { space?: string; clause?: string; q?: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['network', 'questions', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/questions', { params: { query }, signal })),
    placeholderData: keepPreviousData,
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

export const experiencesQuery = (query: { clause: string; cursor?: string }) =>
  queryOptions({
    queryKey: ['network', 'experiences', query],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/experiences', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const journalQuery = (cursor?: string) =>
  queryOptions({
    queryKey: ['network', 'journal', cursor ?? ''],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/network/moderation/journal', {
          params: { query: cursor ? { cursor } : {} },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

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
