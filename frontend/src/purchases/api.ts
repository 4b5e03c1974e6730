import type { Download } from '../frame/save';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { problemOf } from '../api/problem';
import type { CheckBody, DocumentsBody } from './bodies';
import type { PurchaseIn } from './purchase';

export const recommendationsQuery = (purchase: PurchaseIn, ambition: 1 | 2 | 3) =>
  queryOptions({
    queryKey: ['recommendations', purchase, ambition],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/recommendations', { body: { purchase, ambition }, signal })),
    placeholderData: keepPreviousData,
  });

export const checkQuery = (body: CheckBody) =>
  queryOptions({
    queryKey: ['check', body],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/check', { body, signal })),
    placeholderData: keepPreviousData,
  });

export const previewQuery = (body: DocumentsBody) =>
  queryOptions({
    queryKey: ['preview', body],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/documents/preview', { body, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  });

const FILE_NAME = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i;

export function nameOf(response: Response, fallback: string): string {
  const found = FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '');
  return found ? decodeURIComponent(found[1] ?? found[2] ?? fallback) : fallback;
}

/** The pieces as one ZIP, or as one file when a single one is asked for; in the buyer's template when there is one. */
export async function fetchDocuments({
  body,
  template,
}: {
  body: DocumentsBody;
  template: File | null;
}): Promise<Download> {
  const { data, error, response } = template
    ? await api.POST('/api/v1/documents/with-template', { ...withTemplate(body, template), parseAs: 'blob' })
    : await api.POST('/api/v1/documents', { body, parseAs: 'blob' });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  const fallback = body.pieces.length === 1 ? `${body.pieces[0]}.docx` : 'dossier.zip';
  return { name: nameOf(response, fallback), content: data as unknown as Blob };
}

/** Where the articles go in a template, and what the buyer should know of it. */
export function templatePreview(body: DocumentsBody, template: File) {
  return unwrap(api.POST('/api/v1/documents/with-template/preview', withTemplate(body, template)));
}

/** A form with a file goes as it is: the browser writes the boundaries. */
export function withTemplate(body: DocumentsBody, template: File) {
  const form = new FormData();
  form.append('dossier', JSON.stringify(body));
  form.append('template', template);
  return { body: form as never, bodySerializer: () => form };
}

/** With `parseAs: 'blob'`, an error may come as text. */
export async function readProblem(error: unknown): Promise<unknown> {
  if (typeof error !== 'string') return error;
  try {
    return JSON.parse(error);
  } catch {
    return null;
  }
}
