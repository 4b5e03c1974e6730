import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { EditProposal, FeedbackStatus, ProposalStatus } from '../api/types';
import { pagesOf } from '../frame/pages';

/* The editorial room: its reads, and its writes with the version that was read. */

export const queueQuery = queryOptions({
  queryKey: ['edition', 'queue'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/edition/queue', { signal })),
});

export const proposalsQuery = (status: ProposalStatus[]) =>
  pagesOf(['edition', 'proposals', status], (from, signal) =>
    unwrap(api.GET('/api/v1/edition/proposals', { params: { query: { status, ...from } }, signal })),
  );

export const messagesQuery = (status: FeedbackStatus[]) =>
  pagesOf(['edition', 'feedback', status], (from, signal) =>
    unwrap(api.GET('/api/v1/edition/feedback', { params: { query: { status, ...from } }, signal })),
  );

export const watchQuery = (why: 'overdue' | 'law') =>
  pagesOf(['edition', 'watch', why], (from, signal) =>
    unwrap(api.GET('/api/v1/edition/watch', { params: { query: { why, ...from } }, signal })),
  );

export const proposalQuery = (id: number) =>
  queryOptions({
    queryKey: ['edition', 'proposal', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/edition/proposals/{ident}', { params: { path: { ident: id } }, signal })),
  });

export const lintQuery = (clause: string, source: string) =>
  queryOptions({
    queryKey: ['edition', 'lint', clause, source],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/edition/lint', { body: { clause, source }, signal })),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });

const held = (row: EditProposal) => ({
  params: { path: { ident: row.id }, header: { 'If-Match': `"${row.version}"` } },
});

export const acts = {
  submit: (row: EditProposal) => unwrap(api.POST('/api/v1/edition/proposals/{ident}/submission', held(row))),
  publish: (row: EditProposal) =>
    unwrap(api.POST('/api/v1/edition/proposals/{ident}/publication', held(row))),
  reopen: (row: EditProposal) => unwrap(api.POST('/api/v1/edition/proposals/{ident}/reopening', held(row))),
  rebase: (row: EditProposal) => unwrap(api.POST('/api/v1/edition/proposals/{ident}/rebase', held(row))),
  abandon: (row: EditProposal) => unwrap(api.DELETE('/api/v1/edition/proposals/{ident}', held(row))),
  refuse: (row: EditProposal, reason: string) =>
    unwrap(api.POST('/api/v1/edition/proposals/{ident}/refusal', { ...held(row), body: { reason } })),
  read: (row: EditProposal, part: 'legal' | 'technical', verdict: 'approved' | 'returned', note: string) =>
    unwrap(
      api.POST('/api/v1/edition/proposals/{ident}/readings', { ...held(row), body: { part, verdict, note } }),
    ),
  write: (row: EditProposal, body: { source: string; kind: EditProposal['kind']; reason: string }) =>
    unwrap(api.PUT('/api/v1/edition/proposals/{ident}', { ...held(row), body })),
};
