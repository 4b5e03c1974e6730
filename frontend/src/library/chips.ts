import type { ClausePage } from '../api/types';
import { useLabels } from './api';
import { type Facet, FACETS, type Filters, without } from './filters';

export interface FilterChip {
  key: string;
  /** The parameter of the address that it belongs to. */
  parameter: string;
  text: string;
  remove: () => void;
}

/** The filters in force, each with what takes it away. */
export function useChips(
  filters: Filters,
  setFilters: (filters: Filters) => void,
  first: ClausePage,
): FilterChip[] {
  const label = useLabels();
  const named = (facet: Facet, code: string) =>
    first.facets[facet]?.find((value) => String(value.code) === code)?.label ?? label('families', code);
  const drop = (name: 'q' | 'cpv' | 'commitment') => () => {
    const { [name]: _, ...rest } = filters;
    setFilters(rest);
  };
  const single = (name: 'q' | 'cpv' | 'commitment', text: string) => ({
    key: name,
    parameter: name,
    text,
    remove: drop(name),
  });
  return [
    ...(filters.q ? [single('q', `« ${filters.q} »`)] : []),
    ...(filters.cpv ? [single('cpv', `CPV ${filters.cpv}`)] : []),
    ...(filters.commitment ? [single('commitment', `Engagement ${filters.commitment}`)] : []),
    ...FACETS.flatMap((facet) =>
      (filters[facet] ?? []).map((code) => ({
        key: `${facet}-${code}`,
        parameter: facet,
        text: named(facet, code),
        remove: () => setFilters(without(filters, facet, code)),
      })),
    ),
  ];
}
