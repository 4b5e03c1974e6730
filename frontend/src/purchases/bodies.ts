import type { Clause } from '../api/types';
import { parseNumber } from '../frame/french';
import type { BasketItem, Draft } from './draft';
import { type PurchaseIn, purchaseIn } from './purchase';
import { type Value, valuesOf } from './variables';
import { isCriterion } from './weights';

/* What the API takes, from the draft. */

export interface ItemIn {
  clause_id: string;
  version: number | null;
  values: Record<string, Value | null>;
  blank: string[];
  lot: string | null;
  weight: number | null;
  reason: string;
}

export interface CheckBody {
  purchase: PurchaseIn;
  items: ItemIn[];
  justifications: Record<string, string>;
}

export interface DocumentsBody extends CheckBody {
  pieces: string[];
  title: string;
  buyer_name: string;
  reference: string;
  ccag: string | null;
}

function weightOf(item: BasketItem, clause: Clause | undefined): number | null {
  if (!isCriterion(item)) return null;
  const typed = item.weight.trim() ? parseNumber(item.weight) : null;
  return typed ?? clause?.scoring?.weight_default ?? null;
}

/** An item before its clause is known goes without values: the server's defaults stand. */
export function itemIn(item: BasketItem, clause: Clause | undefined): ItemIn {
  return {
    clause_id: item.clauseId,
    version: item.version,
    values: clause ? valuesOf(clause.variables, item) : {},
    blank: item.blank,
    lot: null,
    weight: weightOf(item, clause),
    reason: item.reason,
  };
}

const filled = (justifications: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(justifications).filter(([, text]) => text.trim()));

export function checkBody(draft: Draft, clauses: Map<string, Clause>): CheckBody {
  return {
    purchase: purchaseIn(draft.purchase),
    items: draft.items.map((item) => itemIn(item, clauses.get(item.clauseId))),
    justifications: filled(draft.justifications),
  };
}

export function documentsBody(draft: Draft, clauses: Map<string, Clause>): DocumentsBody {
  const { output, purchase } = draft;
  return {
    ...checkBody(draft, clauses),
    pieces: output.pieces,
    title: output.title.trim() || purchase.object.trim(),
    buyer_name: output.buyerName.trim(),
    reference: output.reference.trim(),
    ccag: output.ccag || null,
  };
}
