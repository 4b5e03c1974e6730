import type { BasketItem, Draft } from './draft';

/* What may happen to the basket: plain functions on plain values. */

export interface Proposal {
  id: string;
  version: number;
  title: string;
  kind: string;
  piece: string;
  preselected: boolean;
}

type Taken = Omit<Proposal, 'preselected'>;

function itemOf(clause: Taken, origin: BasketItem['origin']): BasketItem {
  const { id, version, title, kind, piece } = clause;
  return {
    clauseId: id,
    version,
    title,
    kind,
    piece,
    values: {},
    blank: [],
    weight: '',
    reason: '',
    lots: [],
    origin,
  };
}

export function holds(draft: Draft, id: string): boolean {
  return draft.items.some((item) => item.clauseId === id);
}

export function add(draft: Draft, clause: Taken): Draft {
  if (holds(draft, clause.id)) return draft;
  return {
    ...draft,
    items: [...draft.items, itemOf(clause, 'chosen')],
    refused: draft.refused.filter((id) => id !== clause.id),
  };
}

export function remove(draft: Draft, id: string): Draft {
  const refused = draft.refused.includes(id) ? draft.refused : [...draft.refused, id];
  return { ...draft, items: draft.items.filter((item) => item.clauseId !== id), refused };
}

/** Ticks what the rules propose, and takes back what they had ticked and no longer propose. A refusal is kept. */
export function applyProposals(draft: Draft, proposals: readonly Proposal[]): Draft {
  const wanted = proposals.filter((p) => p.preselected && !draft.refused.includes(p.id));
  const wantedIds = new Set(wanted.map((p) => p.id));
  const kept = draft.items.filter((item) => item.origin === 'chosen' || wantedIds.has(item.clauseId));
  const held = new Set(kept.map((item) => item.clauseId));
  const added = wanted.filter((p) => !held.has(p.id)).map((p) => itemOf(p, 'proposed'));
  if (!added.length && kept.length === draft.items.length) return draft;
  return { ...draft, items: [...kept, ...added] };
}

export function change(draft: Draft, id: string, edit: (item: BasketItem) => BasketItem): Draft {
  return { ...draft, items: draft.items.map((item) => (item.clauseId === id ? edit(item) : item)) };
}

/** Swaps an item with its neighbour in the same piece. */
export function move(draft: Draft, id: string, way: -1 | 1): Draft {
  const from = draft.items.findIndex((item) => item.clauseId === id);
  const moved = draft.items[from];
  if (!moved) return draft;
  let to = from + way;
  while (draft.items[to] && draft.items[to]?.piece !== moved.piece) to += way;
  const other = draft.items[to];
  if (!other) return draft;
  const items = [...draft.items];
  items[from] = other;
  items[to] = moved;
  return { ...draft, items };
}

const PIECES = ['RC', 'CCAP', 'CCTP', 'AE', 'CRT', 'BPU', 'ANNEXE'];

/** The items under the piece where they stand first, in the order of a tender. */
export function byPiece(items: readonly BasketItem[]): { piece: string; items: BasketItem[] }[] {
  const rank = (piece: string) => (PIECES.includes(piece) ? PIECES.indexOf(piece) : PIECES.length);
  const pieces = [...new Set(items.map((item) => item.piece))].sort((a, b) => rank(a) - rank(b));
  return pieces.map((piece) => ({ piece, items: items.filter((item) => item.piece === piece) }));
}
