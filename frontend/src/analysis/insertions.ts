import type { Analysis, AnalysisResult } from '../api/types';
import type { BasketItem } from '../purchases/draft';
import type { Insertion } from './api';

export interface Offered {
  title: string;
  /** Where it would go, in words. */
  place: string;
  insertion: Insertion;
}

/**
 * Where a clause of the selection would go: after the passage that it puts right, else after the last clause of ours
 * in the piece of its kind. Those that the file holds already are not offered.
 */
export function insertions(
  result: AnalysisResult,
  items: readonly BasketItem[],
  pieces: Analysis['files'][number]['pieces'],
): Offered[] {
  const docx = new Set(pieces.filter((piece) => piece.kind === 'docx').map((piece) => piece.name));
  const held = new Set(result.own.map((one) => one.clause_id));
  return items.flatMap((item) => {
    if (held.has(item.clauseId)) return [];
    const spot = spotFor(result, item, docx);
    if (!spot) return [];
    return [
      {
        title: item.title,
        place: `${spot.piece}, après le paragraphe ${spot.after}`,
        insertion: { clause_id: item.clauseId, ...spot },
      },
    ];
  });
}

function spotFor(
  result: AnalysisResult,
  item: BasketItem,
  docx: ReadonlySet<string>,
): { piece: string; after: number } | undefined {
  const cured = result.findings.find(
    (risk) =>
      risk.clause_id === item.clauseId && docx.has(risk.where.piece) && risk.where.part === 'document',
  );
  if (cured) return { piece: cured.where.piece, after: cured.where.paragraph };
  const ours = result.own.filter((one) => docx.has(one.where.piece) && one.where.part === 'document');
  const near = ours.findLast((one) => one.wording === item.piece) ?? ours.at(-1);
  if (near) return { piece: near.where.piece, after: near.last_paragraph };
  const other = [...result.roles, ...result.findings].find(
    (one) => docx.has(one.where.piece) && one.where.part === 'document',
  );
  return other && { piece: other.where.piece, after: other.where.paragraph };
}
