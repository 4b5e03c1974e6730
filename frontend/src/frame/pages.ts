import { infiniteQueryOptions, keepPreviousData, type QueryKey } from '@tanstack/react-query';

type From = { cursor?: string };

/** A list by keyset pages: `fetch` adds `from` to what it asks; what is shown stays until another list comes. */
export const pagesOf = <Page extends { next: string | null }>(
  queryKey: QueryKey,
  fetch: (from: From, signal: AbortSignal) => Promise<Page>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam ? { cursor: pageParam } : {}, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
