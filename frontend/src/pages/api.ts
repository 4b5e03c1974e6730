import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';

export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/site', { signal })),
  staleTime: Infinity,
});

export const accessibilityQuery = queryOptions({
  queryKey: ['accessibility'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/site/accessibility', { signal })),
  staleTime: Infinity,
});

export const registerQuery = queryOptions({
  queryKey: ['personal-data'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/personal-data', { signal })),
  staleTime: Infinity,
});
