import { expect, it } from 'vitest';
import { count, isoDate, longDate, parseNumber } from './french';

it('knows which days exist', () => {
  expect(['2026-12-1', '2027-02-29', '2028-2-29', '26-1-1', '2026-13-01', '--', ''].map(isoDate)).toEqual([
    '2026-12-01',
    null,
    '2028-02-29',
    null,
    null,
    null,
    null,
  ]);
});

it('writes dates, plurals and reads numbers in French', () => {
  expect(longDate('2026-12-01')).toBe('1er décembre 2026');
  expect(longDate('2026-08-21T10:00:00Z')).toBe('21 août 2026');
  expect([count(0, 'clause'), count(1, 'clause'), count(2, 'clause')]).toEqual([
    '0\u00a0clause',
    '1\u00a0clause',
    '2\u00a0clauses',
  ]);
  expect(['120 000,50', '1 000 €', '12 %', '1e5', '', 'abc', '1,2,3'].map(parseNumber)).toEqual([
    120000.5,
    1000,
    12,
    null,
    null,
    null,
    null,
  ]);
});
