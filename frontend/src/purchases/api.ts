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

export interface Download {
  name: string;
  content: Blob;
}

const FILE_NAME = /filename\*=UTF-8''([^;]+)|filename="?([^";]+)"?/i;

export function nameOf(response: Response, fallback: string): string {
  const found = FILE_NAME.exec(response.headers.get('Content-Disposition') ?? '');
  return found ? decodeURIComponent(found[1] ?? found[2] ?? fallback) : fallback;
}

/** The pieces as one ZIP, or one DOCX when a single piece is asked for. */
export async function fetchDocuments(body: DocumentsBody): Promise<Download> {
  const { data, error, response } = await api.POST('/api/v1/documents', { body, parseAs: 'blob' });
  if (!response.ok || !data) throw problemOf(await readProblem(error), response);
  const fallback = body.pieces.length === 1 ? `${body.pieces[0]}.docx` : 'dossier.zip';
  return { name: nameOf(response, fallback), content: data as unknown as Blob };
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

/** Gives a file to the browser. */
export function save({ name, content }: Download): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click: freeing it at once cancels the download in some.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
