// @vitest-environment node
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';

/* The budget of style.md, section 2: first load ≤ 180 KiB of JavaScript (gzip), each lazy screen ≤ 40 more. */

const KIB = 1024;
const out = mkdtempSync(join(tmpdir(), 'clausier-dist-'));
let manifest: Manifest;

beforeAll(async () => {
  // Vitest says « test », which would build the development React.
  process.env['NODE_ENV'] = 'production';
  await build({
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    build: { outDir: out, emptyOutDir: true },
  });
  manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8')) as Manifest;
}, 120_000);
afterAll(() => rmSync(out, { recursive: true }));

/** The files that one module loads at once, itself included. */
function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) filesOf(next, seen);
  return seen;
}

const weight = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0) /
  KIB;

it('loads the home page with at most 180 KiB, each other screen with at most 40 more', () => {
  const first = new Set([...filesOf('index.html'), ...filesOf('src/home/Home.tsx')]);
  const screens = Object.keys(manifest).filter(
    (key) => manifest[key]?.isDynamicEntry && key.startsWith('src/'),
  );
  const weights = Object.fromEntries(
    screens.map((key) => [key, weight([...filesOf(key)].filter((file) => !first.has(file)))]),
  );
  console.info({ first: Math.round(weight(first) * 10) / 10, ...weights });
  expect(weight(first)).toBeLessThanOrEqual(180);
  expect(screens.length).toBeGreaterThan(10);
  expect(Object.entries(weights).filter(([, size]) => size > 40)).toEqual([]);
});

it('sends nothing to another site and writes no inline script or style', () => {
  const page = readFileSync(join(out, 'index.html'), 'utf8');
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=/);
});
