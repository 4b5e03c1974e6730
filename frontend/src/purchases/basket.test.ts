import { describe, expect, it } from 'vitest';
import { add, applyProposals, byPiece, holds, move, type Proposal, remove } from './basket';
import { type Draft, EMPTY_DRAFT } from './draft';

const clause = (id: string, piece = 'CCTP', preselected = true): Proposal => ({
  id,
  version: 1,
  title: id,
  kind: 'performance_condition',
  piece,
  preselected,
});
const ids = (draft: Draft) => draft.items.map((item) => item.clauseId);

describe('proposals', () => {
  it('tick the preselected ones only', () => {
    expect(ids(applyProposals(EMPTY_DRAFT, [clause('A'), clause('B', 'RC', false)]))).toEqual(['A']);
  });

  it('leave a refused clause out, for good', () => {
    const refused = remove(applyProposals(EMPTY_DRAFT, [clause('A'), clause('B')]), 'A');
    expect(ids(applyProposals(refused, [clause('A'), clause('B')]))).toEqual(['B']);
  });

  it('take back what they no longer propose, never what the buyer chose', () => {
    const draft = add(applyProposals(EMPTY_DRAFT, [clause('A')]), clause('MINE'));
    expect(ids(applyProposals(draft, [clause('C')]))).toEqual(['MINE', 'C']);
  });

  it('change nothing when nothing changes', () => {
    const draft = applyProposals(EMPTY_DRAFT, [clause('A')]);
    expect(applyProposals(draft, [clause('A')])).toBe(draft);
  });

  it('keep the values of a clause proposed again', () => {
    const draft = applyProposals(EMPTY_DRAFT, [clause('A')]);
    const valued = { ...draft, items: draft.items.map((item) => ({ ...item, values: { part: '30' } })) };
    expect(applyProposals(valued, [clause('A'), clause('B')]).items[0]?.values).toEqual({ part: '30' });
  });
});

describe('the basket', () => {
  it('takes a clause once, and forgets that it was refused', () => {
    const draft = add(add(remove(EMPTY_DRAFT, 'A'), clause('A')), clause('A'));
    expect([ids(draft), draft.refused]).toEqual([['A'], []]);
    expect(holds(draft, 'A')).toBe(true);
  });

  it('moves a clause among those of its piece, and stops at the ends', () => {
    const draft = [clause('A'), clause('R', 'RC'), clause('B')].reduce(add, EMPTY_DRAFT);
    expect(ids(move(draft, 'B', -1))).toEqual(['B', 'R', 'A']);
    expect(move(draft, 'A', -1)).toBe(draft);
    expect(move(draft, 'R', 1)).toBe(draft);
  });

  it('lists the pieces in the order of a tender', () => {
    const draft = [clause('X', 'ANNEXE'), clause('A'), clause('R', 'RC')].reduce(add, EMPTY_DRAFT);
    expect(byPiece(draft.items).map((group) => group.piece)).toEqual(['RC', 'CCTP', 'ANNEXE']);
  });
});
