/* The no-break spaces that French wants, in the words of the screens (the API does the same for its own, app/text/typography.py).
   `node scripts/typography.mjs` writes them; with `--check`, it lists the files that lack some and fails. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const NBSP = '\u00a0';
const NARROW = '\u202f';
const RULES = [
  [/(?<=[\p{L}])'(?=[\p{L}])/gu, '’', 'jsx'],
  [/«[ \u00a0\u202f]*/g, `«${NBSP}`],
  [/[ \u00a0\u202f]*»/g, `${NBSP}»`],
  [/(?<=\S|^) +:(?=\s|$|['"`])/g, `${NBSP}:`],
  [/(?<=\S|^) +(?=[;?!](?:\s|$|['"`<]))/g, NARROW],
  [/(?<=[\d}]) +(?=[%€°](?:\W|$))/g, NBSP],
  [/\b([nN]°) +(?=\d)/g, `$1${NBSP}`],
  [/\b([LRD])\. +(?=\d)/g, `$1.${NBSP}`],
  [/(?<=\d) (?=\d{3}\b)/g, NARROW],
];
const WORDS = new Set([
  ts.SyntaxKind.JsxText,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
]);

function french(words, jsx) {
  // A view box or a list of class names is no sentence; a sign between two values is a part of one.
  if (!/\p{L}{3}/u.test(words) && !/[«»]|^\} [:;?!]/.test(words)) return words;
  return RULES.reduce(
    (text, [pattern, by, only]) => (only && !jsx ? text : text.replace(pattern, by)),
    words,
  );
}

export function corrected(source) {
  const file = ts.createSourceFile('a.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const edits = [];
  const visit = (node) => {
    if (WORDS.has(node.kind) && !ts.isImportDeclaration(node.parent)) {
      const from = node.kind === ts.SyntaxKind.JsxText ? node.getFullStart() : node.getStart();
      const words = source.slice(from, node.end);
      const better = french(words, node.kind === ts.SyntaxKind.JsxText);
      if (better !== words) edits.push([from, node.end, better]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return edits.reduceRight(
    (text, [from, end, better]) => text.slice(0, from) + better + text.slice(end),
    source,
  );
}

export function files(root) {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => join(root, name));
}

if (process.argv[1] === import.meta.filename) {
  const wrong = files(join(import.meta.dirname, '..', 'src')).filter((path) => {
    const source = readFileSync(path, 'utf8');
    const better = corrected(source);
    if (better !== source && !process.argv.includes('--check')) writeFileSync(path, better);
    return better !== source;
  });
  for (const path of wrong) console.log(path);
  if (process.argv.includes('--check') && wrong.length) process.exit(1);
}
