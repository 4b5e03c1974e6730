import type { OwnClause } from '../api/types';
import { add, change } from '../purchases/basket';
import type { Draft } from '../purchases/draft';

/** The draft with the clauses of the file, once each: current versions, the file's values; what the buyer has stays first. */
export function resumed(draft: Draft, own: readonly OwnClause[]): Draft {
  return own.reduce((made, one) => {
    if (one.state === 'withdrawn' || one.state === 'unknown' || one.current_version === null) return made;
    const known = add(made, {
      id: one.clause_id,
      version: one.current_version,
      title: one.title,
      kind: one.kind,
      piece: one.wording,
    });
    return change(known, one.clause_id, (item) => ({
      ...item,
      values: { ...item.values, ...one.values },
      blank: [...new Set([...item.blank, ...one.blank])].filter((name) => !(name in one.values)),
      weight: item.weight || one.weight,
      reason: item.reason || one.reason,
    }));
  }, draft);
}
