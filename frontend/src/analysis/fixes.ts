import type { Analysis, AnalysisResult, Finding, Paragraph, Risk } from '../api/types';
import { isoDate } from '../frame/french';
import { stored } from '../frame/storage';
import type { BasketItem } from '../purchases/draft';
import type { CorrectionBody, Insertion } from './api';

/* What the buyer accepts among the corrections proposed: kept by this browser, analysis by analysis. */

export interface Fix {
  /** What it answers: a finding, a duty, a clause of the selection. */
  key: string;
  clauseId: string;
  title: string;
  piece: string;
  /** The number of the paragraph that it follows, or replaces. */
  after: number;
  replace: boolean;
  values: Record<string, string>;
  /** Variables left blank on purpose. */
  blank: string[];
}

export interface Accepted {
  fixes: Fix[];
  /** Clauses to bring up to date. */
  upgrades: string[];
}

export const NOTHING: Accepted = { fixes: [], upgrades: [] };
const MOST = 5;
type Kept = Record<string, Accepted>;

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

function fixOf(found: unknown): Fix[] {
  const { key, clauseId, title, piece, after, replace, values, blank } = (found ?? {}) as Record<
    string,
    unknown
  >;
  if (!isText(key) || !isText(clauseId) || !isText(title) || !isText(piece) || typeof after !== 'number')
    return [];
  const typed = Object.entries((values ?? {}) as Record<string, unknown>);
  return [
    {
      key,
      clauseId,
      title,
      piece,
      after,
      replace: replace === true,
      values: Object.fromEntries(typed.filter((one): one is [string, string] => isText(one[1]))),
      blank: texts(blank),
    },
  ];
}

export function parseAccepted(raw: string): Kept {
  try {
    const found = JSON.parse(raw) as Record<string, Record<string, unknown>> | null;
    return Object.fromEntries(
      Object.entries(found ?? {}).map(([id, one]) => [
        id,
        {
          fixes: Array.isArray(one['fixes']) ? one['fixes'].flatMap(fixOf) : [],
          upgrades: texts(one['upgrades']),
        },
      ]),
    );
  } catch {
    return {};
  }
}

export const acceptedStore = stored<Kept>('clausier.corrections', { empty: {}, parse: parseAccepted });

export function write(id: string, change: (accepted: Accepted) => Accepted) {
  acceptedStore.write((kept) => {
    const others = Object.entries(kept).filter(([one]) => one !== id);
    return Object.fromEntries([...others.slice(1 - MOST), [id, change(kept[id] ?? NOTHING)]]);
  });
}

export const accept = (accepted: Accepted, fix: Fix): Accepted => ({
  ...accepted,
  fixes: [...accepted.fixes.filter((one) => one.key !== fix.key), fix],
});

export const refuse = (accepted: Accepted, key: string): Accepted => ({
  ...accepted,
  fixes: accepted.fixes.filter((one) => one.key !== key),
});

export const toggleUpgrade = (accepted: Accepted, clauseId: string): Accepted => ({
  ...accepted,
  upgrades: accepted.upgrades.includes(clauseId)
    ? accepted.upgrades.filter((one) => one !== clauseId)
    : [...accepted.upgrades, clauseId],
});

/** Where a clause may go. */
export interface Spot {
  piece: string;
  after: number;
  /** Whether it may take the place of that paragraph. */
  replaces: boolean;
}

export const docxPieces = (analysis: Analysis): Set<string> =>
  new Set(
    analysis.files.flatMap((file) => file.pieces.filter((one) => one.kind === 'docx').map((one) => one.name)),
  );

/** After the passage that is fragile; a header, a note or an ODT is put right by hand. */
export function spotOf(at: Paragraph, pieces: ReadonlySet<string>): Spot | null {
  if (at.part !== 'document' || !pieces.has(at.piece)) return null;
  return { piece: at.piece, after: at.paragraph, replaces: true };
}

/** For what has no passage of its own: after the last clause of ours that stands in that piece, else anywhere sensible. */
export function freeSpot(result: AnalysisResult, wording: string, pieces: ReadonlySet<string>): Spot | null {
  const writable = (at: Paragraph) => at.part === 'document' && pieces.has(at.piece);
  const ours = result.own.filter((one) => writable(one.where));
  const near = ours.findLast((one) => one.wording === wording) ?? ours.at(-1);
  if (near) return { piece: near.where.piece, after: near.last_paragraph, replaces: false };
  const other = [...result.roles, ...result.findings].findLast((one) => writable(one.where));
  if (other) return { piece: other.where.piece, after: other.where.paragraph, replaces: false };
  const [first] = pieces;
  return first === undefined ? null : { piece: first, after: 1, replaces: false };
}

/** A fix as it is first proposed: the values of the buyer's own selection where it holds the clause, else the defaults. */
export function firstFix(
  key: string,
  clause: { id: string; title: string },
  spot: Spot,
  items: readonly BasketItem[],
): Fix {
  const mine = items.find((item) => item.clauseId === clause.id);
  return {
    key,
    clauseId: clause.id,
    title: clause.title,
    piece: spot.piece,
    after: spot.after,
    replace: false,
    values: mine?.values ?? {},
    blank: mine?.blank ?? [],
  };
}

export const keyOf = {
  risk: (risk: Risk) => `constat-${risk.id}`,
  duty: (finding: Finding) => `obligation-${finding.duty}`,
  item: (item: BasketItem) => `selection-${item.clauseId}`,
};

/** Every duty left open that the library has a clause for. */
export function openDuties(result: AnalysisResult): Finding[] {
  const offered = new Set(result.proposals.map((one) => one.duty));
  return (result.duties?.findings ?? []).filter(
    (one) => one.status === 'missing' && one.duty !== null && offered.has(one.duty),
  );
}

/** Everything that is proposed, each clause once: at the first passage that it puts right. */
export function allFixes(
  result: AnalysisResult,
  pieces: ReadonlySet<string>,
  items: readonly BasketItem[],
): Accepted {
  const fixes: Fix[] = [];
  const put = (key: string, choice: { clause_id: string; title: string } | undefined, spot: Spot | null) => {
    if (!choice || !spot || fixes.some((one) => one.clauseId === choice.clause_id)) return;
    fixes.push(firstFix(key, { id: choice.clause_id, title: choice.title }, spot, items));
  };
  for (const risk of result.findings) {
    const choice = risk.choices.find((one) => one.clause_id === risk.clause_id);
    if (risk.severity !== 'info') put(keyOf.risk(risk), choice, spotOf(risk.where, pieces));
  }
  for (const duty of openDuties(result)) {
    const offered = result.proposals.find((one) => one.duty === duty.duty)?.choices ?? [];
    if (!offered.some((one) => fixes.some((fix) => fix.clauseId === one.clause_id)))
      put(keyOf.duty(duty), offered[0], freeSpot(result, '', pieces));
  }
  const upgrades = result.own.filter((one) => one.upgradable).map((one) => one.clause_id);
  return { fixes, upgrades: [...new Set(upgrades)] };
}

/** As typed: the server reads French numbers; only the three boxes of a date are put together here. */
function sent(fix: Fix): Record<string, string> {
  const typed = Object.entries(fix.values).filter(([name]) => !fix.blank.includes(name));
  return Object.fromEntries(typed.map(([name, text]) => [name, isoDate(text.trim()) ?? text.trim()]));
}

/** The order of a corrected file: exactly what was accepted for its pieces. */
export function orderOf(
  accepted: Accepted,
  pieces: ReadonlySet<string>,
  own: AnalysisResult['own'],
): Pick<CorrectionBody, 'insert' | 'upgrade' | 'only'> {
  const only = accepted.upgrades.filter((id) =>
    own.some((one) => one.clause_id === id && pieces.has(one.where.piece)),
  );
  const insert = accepted.fixes
    .filter((fix) => pieces.has(fix.piece))
    .map((fix): Insertion => ({
      clause_id: fix.clauseId,
      piece: fix.piece,
      after: fix.after,
      replace: fix.replace,
      values: sent(fix),
      blank: fix.blank,
    }));
  return { insert, upgrade: only.length > 0, only };
}
