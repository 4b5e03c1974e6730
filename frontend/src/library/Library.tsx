import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClausePage } from '../api/types';
import { count } from '../frame/french';
import { PagedCards, type Pages } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Chips } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Select } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Page } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { clausesQuery } from './api';
import { type FilterChip, useChips } from './chips';
import { ClauseCard } from './ClauseCard';
import { Facets } from './Facets';
import type { Filters, Sort } from './filters';
import css from './Library.module.css';
import { NothingFound } from './NothingFound';
import { SearchWithin } from './SearchWithin';
import { Understood } from './Understood';

const route = getRouteApi('/clauses');

export function Library() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(clausesQuery(filters));
  const setFilters = (next: Filters) => void navigate({ search: next, replace: true, resetScroll: false });
  const first = query.data?.pages[0];
  return (
    <Page
      title="Bibliothèque de clauses"
      lead={
        <>
          <p>Des clauses relues, prêtes à insérer, avec leurs preuves et leurs limites.</p>
          <p>
            Avant de choisir : <Link to="/familles">ce qui compte, famille par famille</Link>, et le{' '}
            <Link to="/glossaire">glossaire</Link>.
          </p>
        </>
      }
    >
      <div className={css.library}>
        <aside className={css.side}>
          <SearchWithin filters={filters} onChange={setFilters} />
          {first && <Facets prefix="filtre" facets={first.facets} filters={filters} onChange={setFilters} />}
        </aside>
        <div className="stack loose">
          {query.isPending && <Skeleton blocks={4} />}
          {query.isError && !first && <Failure error={query.error} retry={() => void query.refetch()} />}
          {first && <Results filters={filters} setFilters={setFilters} first={first} query={query} />}
        </div>
      </div>
    </Page>
  );
}

interface ResultsProps {
  filters: Filters;
  setFilters: (filters: Filters) => void;
  first: ClausePage;
  query: Pages<ClausePage['items'][number]>;
}

function Results({ filters, setFilters, first, query }: ResultsProps) {
  const chips = useChips(filters, setFilters, first);
  return (
    <>
      <div className="stack">
        <div className="row ends">
          <Status>
            <strong>{count(first.total, 'clause')}</strong>
          </Status>
          <Sorting filters={filters} setFilters={setFilters} />
        </div>
        <Applied chips={chips} setFilters={setFilters} />
        {filters.q && <Understood page={first} filters={filters} setFilters={setFilters} />}
        <Drawer filters={filters} setFilters={setFilters} first={first} />
      </div>
      {first.items.length > 0 && <h2 className="hidden">Résultats</h2>}
      <PagedCards
        query={query}
        keyOf={(clause) => clause.id}
        card={(clause) => <ClauseCard clause={clause} />}
        action="Afficher plus de clauses"
        said={['clause affichée', 'clauses affichées']}
        empty={<NothingFound filters={filters} setFilters={setFilters} first={first} chips={chips} />}
      />
    </>
  );
}

const SORT_OPTIONS = [
  { value: 'relevance', label: 'Pertinence' },
  { value: 'recent', label: 'Relues récemment' },
  { value: 'title', label: 'Titre' },
];

function Sorting({ filters, setFilters }: Pick<ResultsProps, 'filters' | 'setFilters'>) {
  return (
    <Select
      name="tri"
      label="Trier par"
      width="medium"
      options={SORT_OPTIONS}
      value={filters.sort ?? (filters.q ? 'relevance' : 'title')}
      onChange={(sort) => setFilters({ ...filters, sort: sort as Sort })}
    />
  );
}

function Applied({ chips, setFilters }: { chips: FilterChip[]; setFilters: (filters: Filters) => void }) {
  if (!chips.length) return null;
  return (
    <div className="row">
      <Chips label="Filtres appliqués" chips={chips} />
      <Button look="quiet" small onClick={() => setFilters({})}>
        Tout effacer
      </Button>
    </div>
  );
}

/** The filters of small screens. */
function Drawer({ filters, setFilters, first }: Omit<ResultsProps, 'query'>) {
  const [open, setOpen] = useState(false);
  return (
    <div className={css.narrow}>
      <Button onClick={() => setOpen(true)}>
        <Icon name="filter" /> Filtrer
      </Button>
      <Dialog side open={open} onClose={() => setOpen(false)} title="Filtrer les clauses">
        <Facets prefix="tiroir" facets={first.facets} filters={filters} onChange={setFilters} />
        <Button look="primary" onClick={() => setOpen(false)}>
          Afficher {count(first.total, 'clause')}
        </Button>
      </Dialog>
    </div>
  );
}
