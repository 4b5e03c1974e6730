import { queryOptions } from '@tanstack/react-query';
import { api, newKey, unwrap } from '../../api/client';
import type { FileApproval, FileComment, FileDecision } from '../../api/types';

/* What people leave on a file. */

const path = (ident: number) => ({ path: { ident } });
const LONG = 100;

export const commentsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'comments'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/purchases/{ident}/comments', {
          params: { ...path(ident), query: { limit: LONG } },
          signal,
        }),
      ),
    staleTime: 0,
  });

export const decisionsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'decisions'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/purchases/{ident}/decisions', {
          params: { ...path(ident), query: { limit: LONG } },
          signal,
        }),
      ),
    staleTime: 0,
  });

export const approvalsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'approvals'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchases/{ident}/approvals', { params: path(ident), signal })),
    staleTime: 0,
  });

export const sharesQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'shares'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchases/{ident}/shares', { params: path(ident), signal })),
    staleTime: 0,
  });

export const exportsQuery = (ident: number) =>
  queryOptions({
    queryKey: ['files', ident, 'exports'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchases/{ident}/exports', { params: path(ident), signal })),
    staleTime: 0,
  });

const once = () => ({ header: { 'Idempotency-Key': newKey() } });

export const addComment = (ident: number, text: string, clauseId: string | null) =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/comments', {
      params: { ...path(ident), ...once() },
      body: { text, clause_id: clauseId },
    }),
  );

export const settleComment = (ident: number, comment: FileComment, resolved: boolean) =>
  unwrap(
    api.PUT('/api/v1/purchases/{ident}/comments/{number}', {
      params: { path: { ident, number: comment.id }, header: { 'If-Match': `"${comment.version}"` } },
      body: { resolved },
    }),
  );

export const giveReason = (ident: number, number: number, reason: string) =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/decisions/{number}/reason', {
      params: { path: { ident, number } },
      body: { reason },
    }),
  );

export const addDecision = (ident: number, clauseId: string, kind: FileDecision['kind'], reason: string) =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/decisions', {
      params: { ...path(ident), ...once() },
      body: { clause_id: clauseId, kind, reason },
    }),
  );

export const approve = (ident: number, version: number, part: FileApproval['part'], note: string) =>
  unwrap(
    api.POST('/api/v1/purchases/{ident}/approvals', {
      params: { path: { ident }, header: { 'If-Match': `"${version}"` } },
      body: { part, note },
    }),
  );

export const withdraw = (ident: number, number: number) =>
  unwrap(api.DELETE('/api/v1/purchases/{ident}/approvals/{number}', { params: { path: { ident, number } } }));

export const makeShare = (ident: number, body: { right: 'read' | 'comment'; label: string; days: number }) =>
  unwrap(api.POST('/api/v1/purchases/{ident}/shares', { params: path(ident), body }));

export const revokeShare = (ident: number, number: number) =>
  unwrap(api.DELETE('/api/v1/purchases/{ident}/shares/{number}', { params: { path: { ident, number } } }));

export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ['shared', token],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/shares/file', { params: { header: { 'Share-Token': token } }, signal })),
    retry: false,
    staleTime: 0,
  });

export const commentShared = (
  token: string,
  body: { text: string; signed: string; clause_id: string | null },
) => unwrap(api.POST('/api/v1/shares/comments', { params: { header: { 'Share-Token': token } }, body }));
