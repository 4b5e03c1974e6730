import { queryOptions } from '@tanstack/react-query';
import { api, done, newKey, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { pagesOf } from '../../frame/pages';

/* The life of a contract after its file, and the past of an organisation. */

type Schemas = components['schemas'];
export type Timeline = Schemas['TimelineOut'];
export type TimelineBody = Schemas['TimelineIn'];
export type FollowUp = Schemas['FollowUpOut'];
export type Control = FollowUp['checks'][number];
export type ControlRecord = Control['records'][number];
export type RecordBody = Schemas['ControlRecordChange'];
export type Spending = Schemas['SpendingPage'];
export type SpendingLine = Spending['items'][number];
export type SpendingBody = Schemas['SpendingChange'];
export type PastSummary = Schemas['PastSummaryOut'];
export type PastShare = Schemas['PastShareOut'];

const at = (ident: number) => ({ params: { path: { ident } } });
const match = (version: number) => ({ 'If-Match': `"${version}"` });
const once = () => ({ 'Idempotency-Key': newKey() });

function sent(form: FormData) {
  return { body: form as never, bodySerializer: () => form };
}

export const titleQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchases/{ident}', { ...at(ident), signal })),
    staleTime: 0,
    retry: false,
  });

export const timelineQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'timeline'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchases/{ident}/timeline', { ...at(ident), signal })),
    staleTime: 0,
    retry: false,
    // What is being typed is not swept away by a window that takes the focus again.
    refetchOnWindowFocus: false,
  });

export const writeTimeline = (ident: number, version: number, body: TimelineBody): Promise<Timeline> =>
  unwrap(
    api.PUT('/api/v1/purchases/{ident}/timeline', {
      params: { path: { ident }, header: match(version) },
      body,
    }),
  );

export const makeFeed = (ident: number) => unwrap(api.POST('/api/v1/purchases/{ident}/feeds', at(ident)));

export const revokeFeed = (ident: number, feed_id: number) =>
  done(api.DELETE('/api/v1/purchases/{ident}/feeds/{feed_id}', { params: { path: { ident, feed_id } } }));

export const followUpQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'follow-up'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchases/{ident}/follow-up', { ...at(ident), signal })),
    staleTime: 0,
    retry: false,
  });

export const recordControl = (ident: number, key: string, body: RecordBody): Promise<ControlRecord> =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/checks', {
      params: { path: { ident }, header: once() },
      body: { ...body, key },
    }),
  );

export const changeRecord = (
  ident: number,
  record: ControlRecord,
  body: RecordBody,
): Promise<ControlRecord> =>
  unwrap(
    api.PUT('/api/v1/purchases/{ident}/checks/{check_id}', {
      params: { path: { ident, check_id: record.id }, header: match(record.version) },
      body,
    }),
  );

export const eraseRecord = (ident: number, record: ControlRecord) =>
  done(
    api.DELETE('/api/v1/purchases/{ident}/checks/{check_id}', {
      params: { path: { ident, check_id: record.id }, header: match(record.version) },
    }),
  );

export function joinDocument(record: ControlRecord, file: File) {
  const form = new FormData();
  form.append('check', String(record.id));
  form.append('file', file);
  return unwrap(api.POST('/api/v1/check-documents', { params: { header: once() }, ...sent(form) }));
}

export const removeDocument = (ident: number) =>
  done(api.DELETE('/api/v1/check-documents/{ident}', { params: { path: { ident } } }));

export const spendingQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'spending'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchases/{ident}/spending', { ...at(ident), signal })),
    staleTime: 0,
    retry: false,
  });

export const declareSpending = (ident: number, year: number, category: number, body: SpendingBody) =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/spending', {
      params: { path: { ident }, header: once() },
      body: { ...body, year, category },
    }),
  );

export const changeSpending = (ident: number, line: SpendingLine, body: SpendingBody) =>
  unwrap(
    api.PUT('/api/v1/purchases/{ident}/spending/{line_id}', {
      params: { path: { ident, line_id: line.id }, header: match(line.version) },
      body,
    }),
  );

export const removeSpending = (ident: number, line: SpendingLine) =>
  done(
    api.DELETE('/api/v1/purchases/{ident}/spending/{line_id}', {
      params: { path: { ident, line_id: line.id }, header: match(line.version) },
    }),
  );

export const pastQuery = queryOptions({
  queryKey: ['past', 'summary'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/past-contracts/summary', { signal })),
  staleTime: 0,
});

export const pastImportsQuery = queryOptions({
  queryKey: ['past', 'imports'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/past-contracts/imports', { signal })),
  staleTime: 0,
});

export const pastContractsQuery = (year: string, family: string) => ({
  ...pagesOf(['past', 'contracts', year, family], (from, signal) =>
    unwrap(
      api.GET('/api/v1/past-contracts', {
        params: {
          query: {
            ...(year ? { year: Number(year) } : {}),
            ...(family ? { family } : {}),
            ...from,
          },
        },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

export function importPast(file: File) {
  const form = new FormData();
  form.append('file', file);
  return unwrap(api.POST('/api/v1/past-contracts', { params: { header: once() }, ...sent(form) }));
}

export const removeImport = (ident: number) =>
  done(api.DELETE('/api/v1/past-contracts/imports/{ident}', { params: { path: { ident } } }));
