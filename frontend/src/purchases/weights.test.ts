import { expect, it } from 'vitest';
import type { BasketItem } from './draft';
import { remainder, total, weightError, weightsOf, weightsSentence } from './weights';

const criterion = (clauseId: string, weight: string): BasketItem => ({
  clauseId,
  version: 1,
  title: clauseId,
  piece: 'RC',
  kind: 'award_criterion',
  values: {},
  blank: [],
  weight,
  reason: '',
  origin: 'chosen',
});

it('takes the typed weight, or the default of the clause, of award criteria only', () => {
  const items = [criterion('A', '15'), criterion('B', ''), { ...criterion('C', '50'), kind: 'penalty' }];
  const weights = weightsOf(items, { A: 10, B: 12.5 });
  expect(weights.map((w) => w.weight)).toEqual([15, 12.5]);
  expect([total(weights), remainder(weights)]).toEqual([27.5, 72.5]);
});

it('says when nothing is left for the price, or when it is too much', () => {
  expect(weightsSentence(weightsOf([criterion('A', '100')], {}))).toContain('il ne reste rien');
  expect(weightsSentence(weightsOf([criterion('A', '60'), criterion('B', '50')], {}))).toContain('dépasser');
  expect(weightsSentence(weightsOf([criterion('A', '20')], {}))).toContain('il reste');
});

it('refuses a weight that is none', () => {
  expect(['0', '101', 'dix', '15'].map((text) => weightError(text) === undefined)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
