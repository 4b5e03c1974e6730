import { describe, expect, it } from 'vitest';
import { add } from './basket';
import { EMPTY_DRAFT } from './draft';
import { addLot, assignLots, nameOf, removeLot, renameLot } from './lots';

const clause = { id: 'CEC-MOB-001', version: 1, title: 'Part', kind: 'performance_condition', piece: 'CCTP' };
const lotted = addLot(addLot(add(EMPTY_DRAFT, clause)));

describe('the lots of a draft', () => {
  it('are numbered in their order, and a removed number is not given again', () => {
    expect(lotted.lots.map((lot) => lot.number)).toEqual(['1', '2']);
    expect(addLot(removeLot(lotted, '1')).lots.map((lot) => lot.number)).toEqual(['2', '3']);
  });

  it('are named as the pieces name them', () => {
    const [first] = renameLot(lotted, '1', ' Tables ').lots;
    expect(first && nameOf(first)).toBe('Lot 1 – Tables');
  });

  it('let a clause bear on some of them, and on all when all are ticked', () => {
    expect(assignLots(lotted, 'CEC-MOB-001', ['2']).items[0]?.lots).toEqual(['2']);
    expect(assignLots(lotted, 'CEC-MOB-001', ['2', '1']).items[0]?.lots).toEqual([]);
  });

  it('free the clauses of a lot that goes', () => {
    const one = assignLots(lotted, 'CEC-MOB-001', ['2']);
    expect(removeLot(one, '2').items[0]?.lots).toEqual([]);
  });
});
