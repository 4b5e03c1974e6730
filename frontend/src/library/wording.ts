/* The small language of a wording (paragraphs, lists, pipe tables, `{{ variable }}`) as a tree to draw or to copy. */

export type Run = { text: string } | { variable: string };

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
