import type { Clause } from '../api/types';
import { isoDate, parseNumber } from '../frame/french';
import type { BasketItem, Draft } from './draft';
import { type PurchaseIn, purchaseIn } from './purchase';
import { type Value, valuesOf } from './variables';
import type { attachedMethod } from './lifeCycle';
import { weightOf } from './weights';

type LifeCycleMethod = NonNullable<ReturnType<typeof attachedMethod>['method']>;

/* What the API takes, from the draft. */

export const PIECES = ['RC', 'CCAP', 'CCTP', 'AE', 'CRT', 'BPU', 'ANNEXE', 'SUIVI', 'PREUVES'] as const;
export type Piece = (typeof PIECES)[number];

export const FORMATS = ['docx', 'odt', 'pdf', 'xlsx', 'ics'] as const;
export type Format = (typeof FORMATS)[number];

export const CCAGS = ['FCS', 'TRAVAUX', 'PI', 'TIC', 'MOE', 'MI', 'none'] as const;
export type Ccag = (typeof CCAGS)[number];

export interface ItemIn {
  clause_id: string;
  version: number | null;
  values: Record<string, Value | null>;
  blank: string[];
  lots: string[];
  weight: number | null;
  reason: string;
  overlay: boolean;
}

export interface CheckBody {
  purchase: PurchaseIn;
  items: ItemIn[];
  lots: { number: string; title: string }[];
  justifications: Record<string, string>;
}

export interface DocumentsBody extends CheckBody {
  pieces: Piece[];
  for_lots: string[];
  formats: Format[];
  contract_start: string | null;
  title: string;
  buyer_name: string;
  reference: string;
  ccag: Ccag | null;
  criteria: { label: string; weight: number }[];
  life_cycle_cost?: LifeCycleMethod | null;
}

/** An item before its clause is known goes without values: the server's defaults stand. */
export function itemIn(item: BasketItem, clause: Clause | undefined): ItemIn {
  return {
    clause_id: item.clauseId,
    // What is shown on the screens is the current text: that one is composed.
    version: clause?.version ?? item.version,
    values: clause ? valuesOf(clause.variables, item) : {},
    blank: item.blank,
    lots: item.lots,
    weight: clause ? weightOf(item, clause) : null,
    reason: item.reason,
    overlay: item.overlay ?? false,
  };
}

const filled = (justifications: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(justifications).filter(([, text]) => text.trim()));

export function checkBody(draft: Draft, clauses: Map<string, Clause>): CheckBody {
  return {
    purchase: purchaseIn(draft.purchase),
    items: draft.items.map((item) => itemIn(item, clauses.get(item.clauseId))),
    lots: draft.lots.map(({ number, title }) => ({ number, title: title.trim() })),
    justifications: filled(draft.justifications),
  };
}

export function documentsBody(draft: Draft, clauses: Map<string, Clause>): DocumentsBody {
  const { output, purchase } = draft;
  return {
    ...checkBody(draft, clauses),
    pieces: PIECES.filter((piece) => output.pieces.includes(piece)),
    for_lots: output.perLot ? draft.lots.map((lot) => lot.number) : [],
    formats: FORMATS.filter((form) => output.formats.includes(form)),
    contract_start: isoDate(output.contractStart),
    title: output.title.trim() || purchase.object.trim(),
    buyer_name: output.buyerName.trim(),
    reference: output.reference.trim(),
    ccag: CCAGS.find((code) => code === output.ccag) ?? null,
    criteria: draft.criteria.flatMap(({ label, weight }) => {
      const value = parseNumber(weight);
      return label.trim() && value ? [{ label: label.trim(), weight: value }] : [];
    }),
  };
}
