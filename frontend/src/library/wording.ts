/* The small language of a wording (paragraphs, lists, pipe tables, `{{ variable }}`) as a tree to draw or to copy. */

export type Run = { text: string; term?: string } | { variable: string };

export interface Word {
  id: string;
  term: string;
}

export type Block =
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; ordered: boolean; items: Run[][] }
  | { kind: 'table'; head: Run[][]; rows: Run[][][] };

const VARIABLE = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;

export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > at) runs.push({ text: text.slice(at, match.index) });
    runs.push({ variable: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < text.length) runs.push({ text: text.slice(at) });
  return runs;
}

const BULLET = /^-\s+/;
const NUMBERED = /^\d+\.\s+/;
const RULE = /^\|?[\s:|-]+\|?$/;

const cells = (line: string): Run[][] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => runsOf(cell.trim()));

/** Lines that continue an item or a paragraph are joined to it. */
function listOf(lines: string[], marker: RegExp, ordered: boolean): Block {
  const items: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) items.push(line.replace(marker, ''));
    else items[items.length - 1] += ` ${line}`;
  }
  return { kind: 'list', ordered, items: items.map(runsOf) };
}

function blockOf(lines: string[]): Block {
  const first = lines[0] ?? '';
  if (first.startsWith('|')) {
    const [head = '', ...rest] = lines;
    return { kind: 'table', head: cells(head), rows: rest.filter((line) => !RULE.test(line)).map(cells) };
  }
  if (BULLET.test(first)) return listOf(lines, BULLET, false);
  if (NUMBERED.test(first)) return listOf(lines, NUMBERED, true);
  return { kind: 'paragraph', runs: runsOf(lines.join(' ')) };
}

/** A list may follow its sentence without a blank line. */
function split(lines: string[]): string[][] {
  const kind = (line: string) =>
    BULLET.test(line) ? 'b' : NUMBERED.test(line) ? 'n' : line.startsWith('|') ? 't' : '';
  const groups: string[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const lastKind = last ? kind(last[0] ?? '') : null;
    const here = kind(line);
    const continues = here === lastKind || (here === '' && (lastKind === 'b' || lastKind === 'n'));
    if (last && continues) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

export function parseWording(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) =>
      part
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .filter((lines) => lines.length > 0)
    .flatMap((lines) => split(lines).map(blockOf));
}

/** A term in the singular or the plural, as `app/library/terms.py` spells it. */
const spelled = (term: string) =>
  (term.split(' (')[0] ?? '')
    .split(/\s+/)
    .map((word) => `${word.replace(/s+$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[sx]?`)
    .join('\\s+');

/** Cuts the runs so that the first use of each word of the glossary stands alone, with the id of its term. */
export function linkTerms(blocks: Block[], words: Word[]): Block[] {
  if (!words.length) return blocks;
  const ordered = [...words].sort((a, b) => b.term.length - a.term.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\d_])(?:${ordered.map((word) => `(${spelled(word.term)})`).join('|')})(?![\\p{L}\\d_])`,
    'giu',
  );
  const seen = new Set<string>();
  const cut = (run: Run): Run[] => {
    if (!('text' in run)) return [run];
    const runs: Run[] = [];
    let at = 0;
    for (const match of run.text.matchAll(pattern)) {
      const word = ordered[match.slice(1).findIndex((group) => group !== undefined)];
      if (!word || seen.has(word.id)) continue;
      seen.add(word.id);
      if (match.index > at) runs.push({ text: run.text.slice(at, match.index) });
      runs.push({ text: match[0], term: word.id });
      at = match.index + match[0].length;
    }
    if (at < run.text.length) runs.push({ text: run.text.slice(at) });
    return runs;
  };
  const all = (runs: Run[]) => runs.flatMap(cut);
  return blocks.map((block) => {
    if (block.kind === 'paragraph') return { ...block, runs: all(block.runs) };
    if (block.kind === 'list') return { ...block, items: block.items.map(all) };
    return { ...block, head: block.head.map(all), rows: block.rows.map((row) => row.map(all)) };
  });
}

/** The wording as plain text to paste, each variable written by `show`. */
export function plainText(text: string, show: (variable: string) => string): string {
  const line = (runs: Run[]) => runs.map((run) => ('text' in run ? run.text : show(run.variable))).join('');
  return parseWording(text)
    .map((block) => {
      if (block.kind === 'paragraph') return line(block.runs);
      if (block.kind === 'list')
        return block.items.map((item, n) => `${block.ordered ? `${n + 1}.` : '–'} ${line(item)}`).join('\n');
      return [block.head, ...block.rows].map((row) => row.map(line).join('\t')).join('\n');
    })
    .join('\n\n');
}
