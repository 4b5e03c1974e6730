import { expect, test } from 'vitest';
import { lotOf, placeOf, strata } from './draw';

test('the lot is the one that the server draws', async () => {
  // app.market.rules.draw_of('99900001100018', 'graine')
  expect(await lotOf('graine', '99900001100018')).toBe('1641475667114200610');
});

test('a lot has its rank in its own stratum', () => {
  const lots = [
    { stratum: 'PME / siège', lot: '20', told: false },
    { stratum: 'PME / siège', lot: '3', told: true },
    { stratum: 'ETI / pays', lot: '1', told: true },
  ];
  expect(strata(lots)).toEqual([
    { name: 'PME / siège', firms: 2, told: 1 },
    { name: 'ETI / pays', firms: 1, told: 1 },
  ]);
  expect(placeOf(lots, '20')).toMatch(/rang 2 de la strate .*non prévenue/);
  expect(placeOf(lots, '7')).toMatch(/absent du tirage/);
});
