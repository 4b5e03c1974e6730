import { readdirSync, readFileSync } from 'node:fs';
import { join as path } from 'node:path';
import { expect, it } from 'vitest';
import { cut, join, withPiece } from './source';

const ROOT = path(import.meta.dirname, '../../../clauses/library');
const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));

it('puts every clause file together again byte for byte', () => {
  const changed = files.filter((name) => {
    const source = readFileSync(path(ROOT, name), 'utf8');
    const found = cut(source);
    return !found || !found.parts.length || join(found.card, found.parts) !== source;
  });
  expect(changed).toEqual([]);
});

it('changes one piece and leaves the rest', () => {
  const source = '---\nid: A\n---\n# CCTP\nUn.\n\n# CCAP\nDeux.\n';
  const found = cut(source);
  expect(found?.parts.map((part) => part.piece)).toEqual(['CCTP', 'CCAP']);
  const parts =
    found?.parts.map((part) => (part.piece === 'CCAP' ? { ...part, text: 'Trois.\n' } : part)) ?? [];
  expect(join(found?.card ?? '', parts)).toBe('---\nid: A\n---\n# CCTP\nUn.\n\n# CCAP\nTrois.\n');
});

it('gives a file that has not the form as one text', () => {
  expect(cut('rien')).toBeNull();
  expect(cut('---\nid: A\n---\nDu texte avant.\n# CCTP\nUn.\n')).toBeNull();
});

it('adds a piece at the end', () => {
  expect(withPiece('---\nid: A\n---\n# CCTP\nUn.\n', 'CCAP')).toBe(
    '---\nid: A\n---\n# CCTP\nUn.\n\n# CCAP\nÉcrivez ici.\n',
  );
});
