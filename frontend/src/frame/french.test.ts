import { expect, it } from 'vitest';
import { count, longDate, parseNumber } from './french';

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
