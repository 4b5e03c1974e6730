import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type Plan = components['schemas']['PlanOut'];
export type PlanLine = components['schemas']['PlanLineOut'];

export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/purchase-plans', { params: { query: {} }, signal })),
});

export const planQuery = (ident: number) =>
  queryOptions({
    queryKey: ['plan', ident],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/purchase-plans/{ident}', { params: { path: { ident } }, signal })),
    retry: false,
  });
