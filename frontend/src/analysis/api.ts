import { queryOptions } from '@tanstack/react-query';
import { api, done, unwrap } from '../api/client';
import { problemOf } from '../api/problem';
import type { Analysis } from '../api/types';
import type { Download } from '../frame/save';
import { nameOf, readProblem } from '../purchases/api';
import type { PurchaseIn } from '../purchases/purchase';

export interface Insertion {
  clause_id: string;
  piece: string;
  /** The number of the paragraph that it follows. */
  after: number;
  /** That paragraph is struck out. */
  replace: boolean;
  /** As typed. */
  values: Record<string, string>;
  blank: string[];
}

/** What the corrected file carries: it goes as JSON beside the file (`CorrectionIn` of the server). */
export interface CorrectionBody {
  form: 'comments' | 'changes';
  insert: Insertion[];
  upgrade: boolean;
  /** The clauses to bring up to date. */
  only: string[];
}

/** A form with files goes as it is: the browser writes the boundaries. */
function sent(form: FormData) {
  return { body: form as never, bodySerializer: () => form };
}

export function analyse(
  files: readonly File[],
  purchase: PurchaseIn | null,
  signal: AbortSignal,
): Promise<Analysis> {
  const form = new FormData();
  for (const file of files) form.append('files', file);
  if (purchase) form.append('purchase', JSON.stringify(purchase));
  return unwrap(api.POST('/api/v1/analyses', { ...sent(form), signal }));
}

export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: ['analysis', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/analyses/{ident}', { params: { path: { ident: id } }, signal })),
    // A long file goes on in the background: its progress is asked for every second.
    refetchInterval: (query) => (query.state.data?.status === 'waiting' ? 1000 : false),
    staleTime: Infinity,
    retry: false,
  });

export function erase(id: string): Promise<void> {
  return done(api.DELETE('/api/v1/analyses/{ident}', { params: { path: { ident: id } } }));
}

export async function correct(
  id: string,
  file: File,
  asked: CorrectionBody,
): Promise<Download & { left: number }> {
  const form = new FormData();
  form.append('file', file);
  form.append('asked', JSON.stringify(asked));
  const { data, error, response } = await api.POST('/api/v1/analyses/{ident}/corrections', {
    params: { path: { ident: id } },
    ...sent(form),
    parseAs: 'blob',
  });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  return {
    name: nameOf(response, file.name),
    content: data as unknown as Blob,
    left: Number(response.headers.get('Clausier-Unchanged') ?? 0),
  };
}
