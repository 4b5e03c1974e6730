import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type Sourcing = Schemas['SourcingOut'];
export type SourcingLine = Schemas['SourcingLine'];
export type PublicSourcing = Schemas['NoticeOut'];
export type AnswerItem = Schemas['AnswerItem'];
export type OwnAnswer = Schemas['AnswerOut'];
export type Synthesis = Schemas['SynthesisOut'];
export type Drawn = Schemas['DrawOut'];
export type Question = Schemas['QuestionShown'];
export type Asked = Schemas['AskedOut'];

const at = (ident: number) => ({ path: { ident } });

/** The sourcings of my organisation; those of one file when it is given. */
export const mineQuery = (file?: number) =>
  queryOptions({
    queryKey: ['sourcings', 'mine', file ?? 0],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/sourcings', {
          params: { query: { limit: 100, ...(file ? { purchase: file } : {}) } },
          signal,
        }),
      ),
    staleTime: 0,
  });
export const publishedListQuery = queryOptions({
  queryKey: ['sourcings', 'published'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/published-sourcings', { params: { query: { limit: 50 } }, signal })),
  staleTime: 0,
});
export const receivedQuery = queryOptions({
  queryKey: ['sourcings', 'received'],
  queryFn: ({ signal }) =>
    unwrap(api.GET('/api/v1/received-sourcings', { params: { query: { limit: 100 } }, signal })),
  staleTime: 0,
});
export const sourcingQuery = (ident: number) =>
  queryOptions({
    queryKey: ['sourcing', ident],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sourcings/{ident}', { params: at(ident), signal })),
    retry: false,
    staleTime: 0,
  });
export const noticeQuery = (ident: number) =>
  queryOptions({
    queryKey: ['sourcing', ident, 'public'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/published-sourcings/{ident}', { params: at(ident), signal })),
    retry: false,
    staleTime: 0,
  });
export const answerQuery = (ident: number) =>
  queryOptions({
    queryKey: ['sourcing', ident, 'answer'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/published-sourcings/{ident}/answer', { params: at(ident), signal })),
    retry: false,
    staleTime: 0,
  });
export const audienceQuery = (ident: number, version: number) =>
  queryOptions({
    queryKey: ['sourcing', ident, 'audience', version],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sourcings/{ident}/audience', { params: at(ident), signal })),
  });
export const drawQuery = (ident: number) =>
  queryOptions({
    queryKey: ['sourcing', ident, 'draw'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/sourcings/{ident}/draw', { params: at(ident), signal })),
  });
export const journalQuery = (ident: number) =>
  queryOptions({
    queryKey: ['sourcing', ident, 'journal'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/sourcings/{ident}/journal', { params: at(ident), signal })),
    staleTime: 0,
  });
export const filesQuery = queryOptions({
  queryKey: ['purchases', 'for-sourcing'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchases', { params: { query: { limit: 50 } }, signal })),
});
