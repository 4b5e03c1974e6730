import type { BasketItem, Draft } from './draft';

/* The lots of a consultation: plain functions on plain values. */

export interface Lot {
  number: string;
  title: string;
}

const MOST = 50;

/** « Lot 2 – Tables », as the pieces print it. */
export function nameOf(lot: Lot): string {
  return lot.title.trim() ? `Lot ${lot.number} – ${lot.title.trim()}` : `Lot ${lot.number}`;
}

export function addLot(draft: Draft): Draft {
  if (draft.lots.length >= MOST) return draft;
  const last = Math.max(0, ...draft.lots.map((lot) => Number(lot.number) || 0));
  return { ...draft, lots: [...draft.lots, { number: String(last + 1), title: '' }] };
}

export function renameLot(draft: Draft, number: string, title: string): Draft {
  return { ...draft, lots: draft.lots.map((lot) => (lot.number === number ? { ...lot, title } : lot)) };
}

/** A clause that bore on this lot alone bears on every lot again. */
export function removeLot(draft: Draft, number: string): Draft {
  const without = (item: BasketItem) => ({ ...item, lots: item.lots.filter((one) => one !== number) });
  return {
    ...draft,
    lots: draft.lots.filter((lot) => lot.number !== number),
    items: draft.items.map(without),
  };
}

/** All of them ticked says the same as none: every lot. */
export function assignLots(draft: Draft, clauseId: string, chosen: readonly string[]): Draft {
  const kept = draft.lots.map((lot) => lot.number).filter((number) => chosen.includes(number));
  const lots = kept.length === draft.lots.length ? [] : kept;
  return {
    ...draft,
    items: draft.items.map((item) => (item.clauseId === clauseId ? { ...item, lots } : item)),
  };
}
