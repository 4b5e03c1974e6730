import { queryOptions } from '@tanstack/react-query';
import { api, newKey, unwrap } from '../../api/client';
import { problemOf } from '../../api/problem';
import type { SavedFile } from '../../api/types';
import type { Download } from '../../frame/save';
import { nameOf, readProblem, withTemplate } from '../api';
import type { DocumentsBody } from '../bodies';
import type { Draft } from '../draft';
import { pagesOf } from '../../frame/pages';

/* Saved files over the API. */

export type FileState = SavedFile['state'];

export interface ListFilters {
  state: FileState;
  family: string;
  q: string;
}

export const filesQuery = ({ state, family, q }: ListFilters) => ({
  ...pagesOf(['files', 'list', state, family, q], (from, signal) =>
    unwrap(
      api.GET('/api/v1/purchases', {
        params: { query: { state, family, q, ...from } },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

export const fileQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchases/{ident}', { params: { path: { ident } }, signal })),
    staleTime: 0,
    retry: false,
  });

export const progressQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'progress'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchases/{ident}/progress', { params: { path: { ident } }, signal })),
    staleTime: 0,
  });

const match = (version: number) => ({ 'If-Match': `"${version}"` });

export const readFile = (ident: number): Promise<SavedFile> =>
  unwrap(api.GET('/api/v1/purchases/{ident}', { params: { path: { ident } } }));

/** The key is made once per press, so that a lost answer asked again makes one file. */
export const createFile = (draft: Draft, title = '', key = newKey()): Promise<SavedFile> =>
  unwrap(
    api.POST('/api/v1/purchases', {
      params: { header: { 'Idempotency-Key': key } },
      body: { title, draft: draft as never },
    }),
  );

export const writeFile = (
  ident: number,
  version: number,
  change: { draft?: Draft; title?: string },
): Promise<SavedFile> =>
  unwrap(
    api.PUT('/api/v1/purchases/{ident}', {
      params: { path: { ident }, header: match(version) },
      body: change as never,
    }),
  );

export const copyFile = (ident: number): Promise<SavedFile> =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/copy', {
      params: { path: { ident }, header: { 'Idempotency-Key': newKey() } },
      body: { title: '' },
    }),
  );

export type Move = 'archive' | 'restore' | 'delete';

export function moveFile(ident: number, version: number, move: Move): Promise<SavedFile> {
  const params = { path: { ident }, header: match(version) };
  if (move === 'delete') return unwrap(api.DELETE('/api/v1/purchases/{ident}', { params }));
  if (move === 'archive') return unwrap(api.POST('/api/v1/purchases/{ident}/archive', { params }));
  return unwrap(api.POST('/api/v1/purchases/{ident}/restore', { params }));
}

/** The pieces of a saved file: as any composition, and the versions of its clauses are recorded. */
export async function exportFile(
  ident: number,
  version: number,
  { body, template }: { body: DocumentsBody; template: File | null },
): Promise<Download> {
  const params = { path: { ident }, header: match(version) };
  const { data, error, response } = template
    ? await api.POST('/api/v1/purchases/with-template/{ident}', {
        ...withTemplate(body, template),
        params,
        parseAs: 'blob',
      })
    : await api.POST('/api/v1/purchases/{ident}/exports', { params, body, parseAs: 'blob' });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  return { name: nameOf(response, 'dossier.zip'), content: data as unknown as Blob };
}
