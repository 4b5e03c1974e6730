import type { Paragraph } from '../api/types';

const PARTS: Record<string, string> = {
  header: 'en-tête',
  footer: 'pied de page',
  footnotes: 'notes de bas de page',
  endnotes: 'notes de fin',
};

/** The id, in the page, of the card of a passage. */
export const placeId = (at: Pick<Paragraph, 'piece' | 'paragraph'>): string =>
  `passage-${at.piece.replace(/[^\p{L}\p{N}]+/gu, '-')}-${at.paragraph}`;

/** How to find a paragraph again: the piece, the titles above, its number. */
export function Where({ at }: { at: Paragraph }) {
  return (
    <p className="soft small">
      {[at.piece, PARTS[at.part], at.section, `paragraphe ${at.paragraph}`].filter(Boolean).join(' · ')}
    </p>
  );
}
