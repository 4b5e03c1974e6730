import type { FieldCodes } from '../api/types';
import { stored } from '../frame/storage';
import type { Lot } from './lots';

/* The buyer's file, kept in the browser: what was typed, as it was typed. */

export interface PurchaseDraft {
  object: string;
  /** Eight digits each, with the label shown when it was chosen. */
  cpv: { code: string; label: string }[];
  nature: string;
  amount: string;
  amountUnknown: boolean;
  launchDate: string;
  procedure: string;
  buyerKind: string;
  population: string;
  annualPurchases: string;
  fleetSize: string;
  floorArea: string;
  durationMonths: string;
  defence: boolean;
  families: string[];
}

export interface BasketItem {
  clauseId: string;
  version: number | null;
  title: string;
  piece: string;
  kind: string;
  /** As typed; an absent name means the default of the clause. */
  values: Record<string, string>;
  /** Variables left blank on purpose. */
  blank: string[];
  weight: string;
  reason: string;
  /** Numbers of the lots that it bears on; none: every lot. */
  lots: string[];
  /** Who put it there: the Assistant's rules, or the buyer. */
  origin: 'proposed' | 'chosen';
  /** The wording that the organisation made of it. */
  overlay?: boolean;
}

/** One of the buyer’s own criteria, weight as typed. */
export interface Criterion {
  label: string;
  weight: string;
}

/** A publication code set by hand; it counts once it has its reason. */
export interface CodeOverride {
  field: FieldCodes['field'];
  lot: string | null;
  codes: string[];
  reason: string;
}

export interface ExportChoice {
  pieces: string[];
  title: string;
  buyerName: string;
  reference: string;
  ccag: string;
  formats: string[];
  /** One set of pieces for each lot. */
  perLot: boolean;
  /** As typed; from when the follow-up counts its dates. */
  contractStart: string;
}

export interface Draft {
  format: 1;
  purchase: PurchaseDraft;
  /** True once step 1 was accepted. */
  described: boolean;
  ambition: 1 | 2 | 3;
  items: BasketItem[];
  /** Proposed clauses that the buyer unticked. */
  refused: string[];
  justifications: Record<string, string>;
  /** Price, technical value…; empty: shared out by the usual rule. */
  criteria: Criterion[];
  /** The furthest step reached, 1 to 6. */
  reached: number;
  output: ExportChoice;
  codes: CodeOverride[];
  lots: Lot[];
}

export const EMPTY_PURCHASE: PurchaseDraft = {
  object: '',
  cpv: [],
  nature: '',
  amount: '',
  amountUnknown: false,
  launchDate: '',
  procedure: '',
  buyerKind: '',
  population: '',
  annualPurchases: '',
  fleetSize: '',
  floorArea: '',
  durationMonths: '',
  defence: false,
  families: [],
};

export const EMPTY_DRAFT: Draft = {
  format: 1,
  purchase: EMPTY_PURCHASE,
  described: false,
  ambition: 1,
  items: [],
  refused: [],
  justifications: {},
  criteria: [],
  reached: 1,
  output: {
    pieces: ['RC', 'CCAP', 'CCTP', 'AE', 'CRT', 'BPU', 'ANNEXE'],
    title: '',
    buyerName: '',
    reference: '',
    ccag: '',
    formats: ['docx', 'xlsx'],
    perLot: false,
    contractStart: '',
  },
  codes: [],
  lots: [],
};

type Loose = Record<string, unknown>;

const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
const textMap = (value: unknown): Record<string, string> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).filter((e): e is [string, string] => typeof e[1] === 'string'))
    : {};

/** Keeps from `found` what has the type of `model`; the rest is the model's. */
function like<Model extends object>(model: Model, found: unknown): Model {
  if (!isRecord(found)) return model;
  const kept = Object.entries(model).map(([name, value]) => {
    const candidate = found[name];
    return [name, typeof candidate === typeof value && !Array.isArray(value) ? candidate : value];
  });
  return Object.fromEntries(kept) as Model;
}

function purchaseOf(found: unknown): PurchaseDraft {
  const raw = isRecord(found) ? found : {};
  const cpv = Array.isArray(raw['cpv']) ? raw['cpv'].filter(isRecord) : [];
  return {
    ...like(EMPTY_PURCHASE, raw),
    families: texts(raw['families']),
    cpv: cpv
      .filter((c) => typeof c['code'] === 'string' && /^\d{8}$/.test(c['code']))
      .map((c) => ({ code: String(c['code']), label: String(c['label'] ?? '') })),
  };
}

function criteriaOf(found: unknown): Criterion[] {
  if (!Array.isArray(found)) return [];
  return found.filter(isRecord).map((raw) => like({ label: '', weight: '' }, raw));
}

function lotsOf(found: unknown): Lot[] {
  if (!Array.isArray(found)) return [];
  const lots = found.filter(isRecord).map((raw) => like({ number: '', title: '' }, raw));
  return lots.filter((lot, at) => lot.number && lots.findIndex((one) => one.number === lot.number) === at);
}

function codesOf(found: unknown): CodeOverride[] {
  if (!Array.isArray(found)) return [];
  return found
    .filter(isRecord)
    .filter((raw) => typeof raw['field'] === 'string')
    .map((raw) => ({
      field: raw['field'] as CodeOverride['field'],
      lot: typeof raw['lot'] === 'string' ? raw['lot'] : null,
      codes: texts(raw['codes']),
      reason: typeof raw['reason'] === 'string' ? raw['reason'] : '',
    }));
}

const EMPTY_ITEM: BasketItem = {
  clauseId: '',
  version: null,
  title: '',
  piece: '',
  kind: '',
  values: {},
  blank: [],
  weight: '',
  reason: '',
  lots: [],
  origin: 'chosen',
};

function itemsOf(found: unknown): BasketItem[] {
  if (!Array.isArray(found)) return [];
  const items = found.filter(isRecord).map((raw): BasketItem => ({
    ...like(EMPTY_ITEM, raw),
    version: typeof raw['version'] === 'number' ? raw['version'] : null,
    values: textMap(raw['values']),
    blank: texts(raw['blank']),
    lots: texts(raw['lots']),
    origin: raw['origin'] === 'proposed' ? 'proposed' : 'chosen',
    ...(raw['overlay'] === true ? { overlay: true } : {}),
  }));
  const seen = new Set<string>();
  return items.filter((item) => item.clauseId && !seen.has(item.clauseId) && seen.add(item.clauseId));
}

/** Reads a kept draft. A corrupted or foreign text gives an empty one: never an error on a screen. */
export function parseDraft(raw: string): Draft {
  let found: unknown;
  try {
    found = JSON.parse(raw);
  } catch {
    return EMPTY_DRAFT;
  }
  if (!isRecord(found) || found['format'] !== 1) return EMPTY_DRAFT;
  const ambition = found['ambition'];
  const reached = Number(found['reached']);
  const output = isRecord(found['output']) ? found['output'] : {};
  return {
    format: 1,
    purchase: purchaseOf(found['purchase']),
    described: found['described'] === true,
    ambition: ambition === 2 || ambition === 3 ? ambition : 1,
    items: itemsOf(found['items']),
    refused: texts(found['refused']),
    justifications: textMap(found['justifications']),
    criteria: criteriaOf(found['criteria']),
    codes: codesOf(found['codes']),
    lots: lotsOf(found['lots']),
    reached: reached >= 1 && reached <= 6 ? Math.floor(reached) : 1,
    output: {
      ...like(EMPTY_DRAFT.output, output),
      pieces: Array.isArray(output['pieces']) ? texts(output['pieces']) : EMPTY_DRAFT.output.pieces,
      formats: Array.isArray(output['formats']) ? texts(output['formats']) : EMPTY_DRAFT.output.formats,
    },
  };
}

export const draftStore = stored<Draft>('clausier.dossier', { empty: EMPTY_DRAFT, parse: parseDraft });
