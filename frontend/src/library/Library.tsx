import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { ClausePage } from '../api/types';
import { count } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { Chips } from '../ui/Card';
import { Dialog } from '../ui/Dialog';
import { Select, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Page } from '../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../ui/State';
import { clausesQuery, useLabels } from './api';
import { ClauseCard } from './ClauseCard';
import { Facets } from './Facets';
import { type Facet, FACETS, type Filters, isFiltered, type Sort, without } from './filters';
import css from './Library.module.css';

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
      lead="Des clauses relues, prêtes à insérer, avec leurs preuves et leurs limites."
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

function SearchWithin({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }) {
  const [text, setText] = useState(filters.q ?? '');
  const [known, setKnown] = useState(filters.q);
  if (known !== filters.q) {
    setKnown(filters.q);
    setText(filters.q ?? '');
  }
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        const { q: _, ...rest } = filters;
        onChange(text.trim() ? { ...rest, q: text.trim() } : rest);
      }}
    >
      <TextField
        name="recherche-clauses"
        label="Chercher dans les clauses"
        type="search"
        value={text}
        onChange={setText}
        native={{ autoComplete: 'off' }}
      />
      <Button type="submit" small className="start">
        <Icon name="search" /> Chercher
      </Button>
    </form>
  );
}

interface ResultsProps {
  filters: Filters;
  setFilters: (filters: Filters) => void;
  first: ClausePage;
  query: {
    data?: { pages: ClausePage[] } | undefined;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

function Results({ filters, setFilters, first, query }: ResultsProps) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="stack">
        <div className="row ends">
          <Status>
            <strong>{count(first.total, 'clause')}</strong>
          </Status>
          <Sorting filters={filters} setFilters={setFilters} />
        </div>
        <Applied filters={filters} setFilters={setFilters} first={first} />
        <Drawer filters={filters} setFilters={setFilters} first={first} />
      </div>
      {items.length === 0 ? (
        <NothingFound filters={filters} setFilters={setFilters} />
      ) : (
        <section className="stack">
          <h2 className="hidden">Résultats</h2>
          <ul className="plain stack">
            {items.map((clause) => (
              <li key={clause.id}>
                <ClauseCard clause={clause} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {query.isFetchNextPageError && <Failure error={query.error} retry={() => void query.fetchNextPage()} />}
      {query.hasNextPage && (
        <Button className="start" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Afficher plus de clauses
        </Button>
      )}
      {items.length > 0 && (
        <Status>
          <span className="small soft">
            {count(items.length, 'clause affichée', 'clauses affichées')} sur {first.total}.
          </span>
        </Status>
      )}
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

function useChips(filters: Filters, setFilters: (filters: Filters) => void, first?: ClausePage) {
  const label = useLabels();
  const named = (facet: Facet, code: string) =>
    first?.facets[facet]?.find((value) => String(value.code) === code)?.label ?? label('families', code);
  const drop = (name: 'q' | 'cpv' | 'commitment') => () => {
    const { [name]: _, ...rest } = filters;
    setFilters(rest);
  };
  return [
    ...(filters.q ? [{ key: 'q', text: `« ${filters.q} »`, remove: drop('q') }] : []),
    ...(filters.cpv ? [{ key: 'cpv', text: `CPV ${filters.cpv}`, remove: drop('cpv') }] : []),
    ...(filters.commitment
      ? [{ key: 'commitment', text: `Engagement ${filters.commitment}`, remove: drop('commitment') }]
      : []),
    ...FACETS.flatMap((facet) =>
      (filters[facet] ?? []).map((code) => ({
        key: `${facet}-${code}`,
        text: named(facet, code),
        remove: () => setFilters(without(filters, facet, code)),
      })),
    ),
  ];
}

function Applied({ filters, setFilters, first }: Omit<ResultsProps, 'query'>) {
  const chips = useChips(filters, setFilters, first);
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

function NothingFound({ filters, setFilters }: Pick<ResultsProps, 'filters' | 'setFilters'>) {
  const chips = useChips(filters, setFilters);
  return (
    <Empty title="Aucune clause ne correspond">
      {isFiltered(filters) && (
        <>
          <p>Retirez un filtre :</p>
          <Chips label="Filtres à retirer" chips={chips} />
        </>
      )}
      <p>Ou décrivez votre achat : l’Assistant cherche les clauses et les obligations qui s’y appliquent.</p>
      <ButtonLink look="primary" to="/assistant" search={filters.q ? { objet: filters.q } : {}}>
        Décrire mon achat
      </ButtonLink>
    </Empty>
  );
}
