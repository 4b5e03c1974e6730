import type { FacetValue } from '../api/types';
import { capital } from '../frame/french';
import { Details } from '../ui/Card';
import { CheckboxGroup } from '../ui/Choice';
import { type Facet, FACET_TITLES, FACETS, type Filters, withValues } from './filters';

const OPEN = new Set<Facet>(['family', 'lever', 'level']);

/** The filters with their counts: OR inside a facet, AND between facets. */
export function Facets({
  facets,
  filters,
  onChange,
  prefix,
}: {
  facets: Record<string, FacetValue[]>;
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** The facets are drawn twice, beside the list and in the drawer of small screens. */
  prefix: string;
}) {
  return (
    <div className="stack">
      {FACETS.map((facet) => {
        const options = optionsOf(facets[facet] ?? [], filters[facet] ?? []);
        if (!options.length) return null;
        return (
          <Details
            key={facet}
            summary={FACET_TITLES[facet]}
            open={OPEN.has(facet) || Boolean(filters[facet]?.length)}
          >
            <CheckboxGroup
              name={`${prefix}-${facet}`}
              label={FACET_TITLES[facet]}
              hideLabel
              compact
              options={options}
              values={filters[facet] ?? []}
              onChange={(values) => onChange(withValues(filters, facet, values))}
            />
          </Details>
        );
      })}
    </div>
  );
}

/** What exists, then what is chosen but exists no more: a filter must always be removable. */
function optionsOf(values: FacetValue[], chosen: string[]) {
  const known = values.map((v) => ({ value: String(v.code), label: capital(v.label), count: v.count }));
  const lost = chosen.filter((code) => !known.some((option) => option.value === code));
  return [
    ...known.filter((option) => option.count > 0 || chosen.includes(option.value)),
    ...lost.map((code) => ({ value: code, label: code, count: 0 })),
  ];
}
