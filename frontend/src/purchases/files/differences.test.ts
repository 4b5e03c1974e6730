import { describe, expect, it } from 'vitest';
import { type BasketItem, EMPTY_DRAFT } from '../draft';
import { differences } from './differences';
import { parseOpened } from './opened';

const item: BasketItem = {
  clauseId: 'CEC-MOB-001',
  version: 1,
  title: 'Part de réemploi',
  piece: 'CCAP',
  kind: 'performance_condition',
  values: {},
  blank: [],
  weight: '',
  reason: '',
  lots: [],
  origin: 'chosen',
};

describe('two versions of a file', () => {
  it('say nothing when they say the same', () => {
    expect(differences(EMPTY_DRAFT, { ...EMPTY_DRAFT, reached: 3 })).toEqual([]);
  });

  it('show each field and each clause that differs', () => {
    const mine = { ...EMPTY_DRAFT, purchase: { ...EMPTY_DRAFT.purchase, amount: '10 000' }, items: [item] };
    const theirs = { ...EMPTY_DRAFT, items: [{ ...item, values: { part_reemploi: '30' } }] };
    expect(differences(mine, theirs)).toEqual([
      { label: 'Montant estimé', mine: '10 000', theirs: '–' },
      {
        label: 'CEC-MOB-001 – Part de réemploi',
        mine: 'valeurs proposées',
        theirs: 'part reemploi\u00a0: 30',
      },
    ]);
  });
});

describe('the link between the browser and a file', () => {
  it('is nothing when the storage holds something else', () => {
    for (const raw of ['', '{', 'null', '[]', '{"id":"1"}', '{"id":1,"version":1}'])
      expect(parseOpened(raw)).toBeNull();
  });
});
