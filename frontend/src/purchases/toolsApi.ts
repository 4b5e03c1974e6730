import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { AgecBody, LifeCycleBody, SimulationBody } from '../api/types';
import type { CheckBody } from './bodies';
import type { CodeOverride } from './draft';

export const simulationQuery = (body: SimulationBody | null) =>
  queryOptions({
    queryKey: ['simulation', body],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/awards/simulate', { body: body as SimulationBody, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const formulasQuery = queryOptions({
  queryKey: ['formulas'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/awards/formulas', { signal })),
});

export const lifeCycleQuery = (body: LifeCycleBody | null) =>
  queryOptions({
    queryKey: ['life-cycle', body],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/life-cycle-costs', { body: body as LifeCycleBody, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const targetsQuery = queryOptions({
  queryKey: ['targets'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/targets', { signal })),
});

export const declarationQuery = (body: AgecBody | null) =>
  queryOptions({
    queryKey: ['agec', body],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/agec-declarations', { body: body as AgecBody, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const publicationQuery = (body: CheckBody, overrides: CodeOverride[]) =>
  queryOptions({
    queryKey: ['publication', body, overrides],
    queryFn: ({ signal }) => {
      const { purchase, items } = body;
      return unwrap(api.POST('/api/v1/publication-codes', { body: { purchase, items, overrides }, signal }));
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
