import { useQueries } from '@tanstack/react-query';
import type { Clause } from '../api/types';
import { clauseQuery } from '../library/api';

export interface KnownClauses {
  byId: Map<string, Clause>;
  pending: boolean;
  /** The first thing that went wrong, if any. */
  error: unknown;
  retry: () => void;
}

/** The full records of the clauses of a basket. */
export function useClauses(ids: readonly string[]): KnownClauses {
  return useQueries({
    queries: ids.map((id) => clauseQuery(id)),
    combine: (results) => ({
      byId: new Map(
        results.flatMap((result) => (result.data ? [[result.data.id, result.data] as const] : [])),
      ),
      pending: results.some((result) => result.isPending),
      error: results.find((result) => result.isError)?.error ?? null,
      retry: () => results.filter((result) => result.isError).forEach((result) => void result.refetch()),
    }),
  });
}

export interface Conflict {
  a: string;
  b: string;
}

/** The pairs of the basket that exclude each other, each pair once. */
export function conflicts(ids: readonly string[], byId: ReadonlyMap<string, Clause>): Conflict[] {
  const found: Conflict[] = [];
  for (const a of ids) {
    for (const { id: b } of byId.get(a)?.relations['excludes'] ?? []) {
      const known = found.some((pair) => pair.a === b && pair.b === a);
      if (ids.includes(b) && !known) found.push({ a, b });
    }
  }
  return found;
}

/** The clauses that a member of the basket needs and that are not in it. */
export function missingCompanions(ids: readonly string[], byId: ReadonlyMap<string, Clause>): Conflict[] {
  return ids.flatMap((a) =>
    (byId.get(a)?.relations['requires'] ?? [])
      .filter(({ id }) => !ids.includes(id))
      .map(({ id }) => ({ a, b: id })),
  );
}
