import { api, done, newKey, unwrap } from '../api/client';
import { problemOf } from '../api/problem';
import type { KeptTender } from '../api/types';
import { readProblem } from '../purchases/api';
import { pagesOf } from '../frame/pages';

/* The tenders that an organisation keeps, over the API. */

const MEDIA: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
  zip: 'application/zip',
};

export const keptQuery = (fileId?: number) => ({
  ...pagesOf(['kept-tenders', fileId ?? 0], (from, signal) =>
    unwrap(
      api.GET('/api/v1/kept-tenders', {
        params: {
          query: { ...(fileId ? { file_id: fileId } : {}), ...from },
        },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

export function keepTender(analysis: string, files: readonly File[], fileId?: number): Promise<KeptTender> {
  const form = new FormData();
  form.append('analysis', analysis);
  if (fileId) form.append('file_id', String(fileId));
  for (const file of files) form.append('files', file);
  return unwrap(
    api.POST('/api/v1/kept-tenders', {
      params: { header: { 'Idempotency-Key': newKey() } },
      body: form as never,
      bodySerializer: () => form,
    }),
  );
}

export function analyseAgain(ident: number): Promise<KeptTender> {
  return unwrap(
    api.POST('/api/v1/kept-tenders/{ident}/analysis', {
      params: { path: { ident }, header: { 'Idempotency-Key': newKey() } },
    }),
  );
}

export const eraseTender = (ident: number): Promise<void> =>
  done(api.DELETE('/api/v1/kept-tenders/{ident}', { params: { path: { ident } } }));

/** Its files as they were sent: what a corrected document is made of. */
export async function keptTenderFiles(ident: number): Promise<File[]> {
  const tender = await unwrap(api.GET('/api/v1/kept-tenders/{ident}', { params: { path: { ident } } }));
  return Promise.all(
    tender.documents.map(async ({ id, name, kind }) => {
      const { data, error, response } = await api.GET('/api/v1/kept-tenders/{ident}/documents/{document}', {
        params: { path: { ident, document: id } },
        parseAs: 'blob',
      });
      if (!response.ok || !data) throw problemOf(await readProblem(error), response);
      return new File([data as unknown as Blob], name, { type: MEDIA[kind] ?? '' });
    }),
  );
}
