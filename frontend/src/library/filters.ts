import type { Search } from '../frame/address';

/* The filters of the library: their only home is the address. */

export const FACETS = ['family', 'lever', 'kind', 'piece', 'level', 'duty'] as const;
export type Facet = (typeof FACETS)[number];

export const SORTS = ['relevance', 'recent', 'title'] as const;
export type Sort = (typeof SORTS)[number];

export interface Filters extends Partial<Record<Facet, string[]>> {
  q?: string;
  cpv?: string;
  commitment?: string;
  sort?: Sort;
}

export const FACET_TITLES: Record<Facet, string> = {
  family: 'Famille d’achat',
  lever: 'Levier',
  kind: 'Type de clause',
  piece: 'Pièce du marché',
  level: 'Niveau d’ambition',
  duty: 'Obligation liée',
};

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '');

/** Whatever stands in the address becomes filters; what is not one is dropped. */
export function parseFilters(search: Search): Filters {
  const filters: Filters = {};
  for (const facet of FACETS) {
    const values = [...new Set(texts(search[facet]))];
    if (values.length) filters[facet] = values;
  }
  const q = texts(search['q'])[0]?.trim().slice(0, 200);
  if (q) filters.q = q;
  const cpv = texts(search['cpv'])[0]?.match(/^\d{2,8}/)?.[0];
  if (cpv) filters.cpv = cpv;
  const commitment = texts(search['commitment'])[0];
  if (commitment) filters.commitment = commitment;
  const sort = SORTS.find((s) => s === search['sort']);
  if (sort) filters.sort = sort;
  return filters;
}

export function without(filters: Filters, facet: Facet, code: string): Filters {
  return withValues(
    filters,
    facet,
    (filters[facet] ?? []).filter((value) => value !== code),
  );
}

export function withValues(filters: Filters, facet: Facet, values: string[]): Filters {
  const { [facet]: _, ...rest } = filters;
  return values.length ? { ...rest, [facet]: values } : rest;
}

export function isFiltered(filters: Filters): boolean {
  return (
    Boolean(filters.q ?? filters.cpv ?? filters.commitment) || FACETS.some((facet) => filters[facet]?.length)
  );
}

/** The same filters, as the API asks for them. */
export function apiQuery(filters: Filters): Record<string, string | string[] | undefined> {
  const { sort, ...rest } = filters;
  return { ...rest, sort: sort ?? (filters.q ? 'relevance' : 'title') };
}
