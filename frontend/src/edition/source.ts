/* A clause file cut for a form and put together again, byte for byte. */

export interface Part {
  /** « CCTP »; empty for what stands before the first piece. */
  piece: string;
  /** The line that opens it, as written. */
  open: string;
  text: string;
}

const HEAD = /^---[ \t]*\n[\s\S]*?\n---[ \t]*(?:\n|$)/;
const SECTION = /^# *(\S.*?) *\n/;

/** The card, then one part per piece; null when the file has not that form (it is then written as one text). */
export function cut(source: string): { card: string; parts: Part[] } | null {
  const head = HEAD.exec(source)?.[0];
  if (head === undefined) return null;
  const body = source.slice(head.length);
  const pieces = body.split(/^(?=# )/m).filter(Boolean);
  const parts = pieces.map((raw): Part => {
    const open = SECTION.exec(raw);
    return open
      ? { piece: open[1] ?? '', open: open[0], text: raw.slice(open[0].length) }
      : { piece: '', open: '', text: raw };
  });
  if (parts.some((part) => !part.piece)) return null;
  return { card: head, parts };
}

export function join(card: string, parts: Part[]): string {
  return card + parts.map((part) => part.open + part.text).join('');
}

export function withPiece(source: string, piece: string): string {
  return `${source.replace(/\n*$/, '\n')}\n# ${piece}\nÉcrivez ici.\n`;
}
