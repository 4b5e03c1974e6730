// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/* Rule 12: `ui/` owns look and keyboard; a screen never writes an aria attribute or a colour. */

const SRC = join(import.meta.dirname, '..', 'src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => !file.startsWith('ui/') && !file.startsWith('api/') && /\.(tsx?|css)$/.test(file),
);

const FORBIDDEN: [what: string, pattern: RegExp][] = [
  ['an aria attribute', /\baria-[a-z]+=/],
  ['a role', /\brole=/],
  ['a colour', /#[0-9a-f]{3,8}\b(?=["';\s])|\b(rgb|hsl|oklch)a?\(/i],
  ['raw HTML', /dangerouslySetInnerHTML|innerHTML/],
];

it.each(FORBIDDEN)('writes %s in ui/ only', (_, pattern) => {
  const offenders = files.filter(
    (file) => !file.endsWith('.test.ts') && pattern.test(readFileSync(join(SRC, file), 'utf8')),
  );
  expect(offenders).toEqual([]);
});

it('keeps the address of a registry out of the lock', () => {
  const lock = readFileSync(join(SRC, '..', 'package-lock.json'), 'utf8');
  expect(lock).not.toContain('"resolved"');
  expect(lock).not.toMatch(/registry\./);
});
