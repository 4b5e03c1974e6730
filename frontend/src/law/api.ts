import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { PurchaseIn } from '../purchases/purchase';

export const dutiesQuery = queryOptions({
  queryKey: ['duties'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/duties', { signal })),
});

export const charterQuery = queryOptions({
  queryKey: ['charter'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/charter', { signal })),
});

export const assessmentQuery = (purchase: PurchaseIn) =>
  queryOptions({
    queryKey: ['assessment', purchase],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/duties/assess', { body: { purchase }, signal })),
    placeholderData: keepPreviousData,
  });
