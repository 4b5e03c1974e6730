import type { InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NamedList } from '../ui/Contents';
import { Growing } from '../ui/Growing';
import { Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { count } from './french';

export interface Pages<Item> {
  data: InfiniteData<{ items: Item[] }, unknown> | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isFetchNextPageError: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<Item> {
  query: Pages<Item>;
  /** The sentence of a list without entries, or what takes its place. */
  empty: ReactNode;
  /** One entry and several, agreeing with « affichée »: « clause affichée », « clauses affichées ». */
  said?: readonly [one: string, several: string];
  action?: string;
  about?: string;
  /** Those that are kept of a page. */
  wanted?: (item: Item) => boolean;
}

const LINES = ['ligne affichée', 'lignes affichées'] as const;

/** The only way to a next page: the wait, the failure, the emptiness, the entries, and how many are shown. */
export function Paged<Item>({
  query,
  empty,
  said = LINES,
  action = 'Afficher la suite',
  about,
  wanted,
  children,
}: Props<Item> & { children: (items: Item[]) => ReactNode }) {
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const items = wanted ? all.filter(wanted) : all;
  if (query.isPending) return <Skeleton blocks={3} />;
  if (!query.data) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <Growing
      shown={items.length}
      more={query.hasNextPage}
      busy={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      action={action}
      about={about}
      said={count(items.length, ...said)}
    >
      {items.length > 0 ? children(items) : typeof empty === 'string' ? <Empty title={empty} /> : empty}
      {query.isError && (
        <Failure
          error={query.error}
          retry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())}
        />
      )}
    </Growing>
  );
}

/** The same, as rows that one acts on. */
export function PagedRows<Item>({
  label,
  row,
  ...rest
}: Props<Item> & { label: string; row: (item: Item) => ReactNode }) {
  return <Paged {...rest}>{(items) => <Rows label={label}>{items.map(row)}</Rows>}</Paged>;
}

interface Cards<Item> extends Props<Item> {
  label?: string;
  keyOf: (item: Item) => string | number;
  card: (item: Item) => ReactNode;
}

/** The same, as cards. */
export function PagedCards<Item>({ label, keyOf, card, ...rest }: Cards<Item>) {
  return (
    <Paged {...rest}>
      {(items) => (
        <NamedList label={label}>
          {items.map((item) => (
            <li key={keyOf(item)}>{card(item)}</li>
          ))}
        </NamedList>
      )}
    </Paged>
  );
}
