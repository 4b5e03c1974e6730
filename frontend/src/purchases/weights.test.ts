import { describe, expect, it } from 'vitest';
import type { Clause, Variable } from '../api/types';
import type { BasketItem } from './draft';
import { asksWeight, remainder, sharedOut, sumError, total, weightError, weightsOf } from './weights';

const criterion = (clauseId: string, change: Partial<BasketItem> = {}): BasketItem => ({
  clauseId,
  version: 1,
  title: clauseId,
  piece: 'RC',
  kind: 'award_criterion',
  values: {},
  blank: [],
  weight: '',
  reason: '',
  lots: [],
  origin: 'chosen',
  ...change,
});
const clause = (id: string, weight_default: number, poids?: Partial<Variable>) =>
  ({ id, scoring: { weight_default }, variables: poids ? { poids } : {} }) as unknown as Clause;

const CLAUSES = new Map([
  ['A', clause('A', 10)],
  ['B', clause('B', 10, { type: 'percentage', default: 12 })],
]);
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('the weight of a criterion', () => {
  it('is what was typed, else what its wording says, else the default of its scoring', () => {
    const weights = (...items: BasketItem[]) => weightsOf(items, CLAUSES).map((entry) => entry.weight);
    expect(weights(criterion('A'), criterion('A', { weight: '15' }))).toEqual([10, 15]);
    expect(weights(criterion('B'), criterion('B', { values: { poids: '20' } }))).toEqual([12, 20]);
    expect(weights(criterion('B', { blank: ['poids'] }))).toEqual([10]);
    expect(weights(criterion('A', { kind: 'penalty' }))).toEqual([]);
  });

  it('is asked apart only when the wording does not print it', () => {
    const [a, b] = [CLAUSES.get('A'), CLAUSES.get('B')];
    expect(a && asksWeight(criterion('A'), a)).toBe(true);
    expect(b && asksWeight(criterion('B'), b)).toBe(false);
  });

  it.each(['0', '101', 'dix', ''])('is not %j', (text) => {
    expect(weightError(text)).toBeDefined();
  });
});

describe('all the criteria', () => {
  const weights = weightsOf([criterion('A'), criterion('B')], CLAUSES);

  it('leave the rest to price and technical value', () => {
    expect([total(weights), remainder(weights)]).toEqual([22, 78]);
    expect(sharedOut(78).map((share) => share.weight)).toEqual(['50', '28']);
    expect(sharedOut(40).map((share) => share.weight)).toEqual(['24', '16']);
    expect(sharedOut(0)).toEqual([]);
    expect(sharedOut(50, true)).toEqual([{ label: 'Valeur technique', weight: '50' }]);
  });

  it('make a hundred, or say by how much they do not', () => {
    const price = (weight: string) => [{ label: 'Prix', weight }];
    expect(sumError(weights, [])).toBeUndefined();
    expect(sumError(weights, price('78'))).toBeUndefined();
    expect(plain(sumError(weights, price('80')))).toBe(
      'Les critères totalisent 102 % au lieu de 100 % : retirez 2 %.',
    );
    expect(plain(sumError(weights, price('x')))).toContain('ajoutez 78 %');
    expect(sumError([{ id: 'A', title: 'A', weight: 100 }], [])).toContain('rien pour le prix');
  });
});
