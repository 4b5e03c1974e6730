import type { ClausePage, Coded } from '../api/types';
import { capital } from '../frame/french';
import { Button } from '../ui/Button';
import { type Facet, type Filters, withValues } from './filters';

/** What the words were read as, each part ready to become a filter. */
export function Understood({
  page,
  filters,
  setFilters,
}: {
  page: ClausePage;
  filters: Filters;
  setFilters: (filters: Filters) => void;
}) {
  const read = page.understood;
  if (!read) return null;
  const offered: { facet: Facet; entry: Coded }[] = [
    ...read.families.slice(0, 3).map((entry) => ({ facet: 'family' as const, entry })),
    ...read.levers.slice(0, 3).map((entry) => ({ facet: 'lever' as const, entry })),
    ...read.kinds.slice(0, 2).map((entry) => ({ facet: 'kind' as const, entry })),
  ].filter(({ facet, entry }) => !filters[facet]?.includes(entry.code));
  const references = [
    ...read.cpv.map((entry) => `CPV ${entry.code}${entry.label ? ` (${entry.label})` : ''}`),
    ...read.articles,
    ...read.clauses,
  ];
  return (
    <>
      {page.corrected && (
        <p>
          Recherche faite avec l’orthographe <strong>« {page.corrected} »</strong>.
        </p>
      )}
      {references.length > 0 && <p className="small soft">Référence reconnue : {references.join(' ; ')}.</p>}
      {offered.length > 0 && (
        <div className="row tight">
          <span className="small soft">Compris comme :</span>
          {offered.map(({ facet, entry }) => (
            <Button
              key={`${facet}-${entry.code}`}
              small
              look="quiet"
              about="(en faire un filtre)"
              onClick={() => setFilters(withValues(filters, facet, [...(filters[facet] ?? []), entry.code]))}
            >
              {capital(entry.label)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
