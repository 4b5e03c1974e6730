import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';

export type TrainingModule = components['schemas']['ModuleOut'];
export type TrainingCard = components['schemas']['ModuleCard'];

export const trainingQuery = queryOptions({
  queryKey: ['training'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/training', { signal })),
});

export const moduleQuery = (code: string) =>
  queryOptions({
    queryKey: ['training', code],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/network/training/{code}', { params: { path: { code } }, signal })),
  });
