import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '../ui/Button';
import { Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';

/** Rows that come by keyset pages: the wait, the failure, the emptiness, and the way to the next page. */
export function PagedRows<Item>({
  query,
  label,
  empty,
  more = 'Voir la suite',
  row,
}: {
  query: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  label: string;
  empty: string;
  more?: string;
  row: (item: Item) => ReactNode;
}) {
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && <Empty title={empty} />}
      {items.length > 0 && <Rows label={label}>{items.map(row)}</Rows>}
      {query.hasNextPage && (
        <Button className="start" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {more}
        </Button>
      )}
    </>
  );
}
