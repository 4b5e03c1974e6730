import { expect, it } from 'vitest';
import type { AnalysisResult } from '../api/types';
import type { BasketItem } from '../purchases/draft';
import { accept, allFixes, type Fix, NOTHING, orderOf, parseAccepted, refuse, toggleUpgrade } from './fixes';

const at = (paragraph: number, piece = 'CCTP.docx', part = 'document') => ({
  piece,
  part,
  section: '',
  paragraph,
});
const risk = (id: string, clause: string, where = at(1), severity = 'warning') => ({
  id,
  severity,
  where,
  clause_id: clause,
  choices: [{ clause_id: clause, title: `Clause ${clause}` }],
});
const RESULT = {
  findings: [
    risk('1', 'A', at(3)),
    risk('2', 'A', at(9)),
    risk('3', 'B', at(4, 'CCTP.docx', 'header')),
    risk('4', 'C', at(5, 'RC.odt')),
    risk('5', 'D', at(6), 'info'),
  ],
  own: [
    { clause_id: 'S', upgradable: true, where: at(1), last_paragraph: 2, wording: 'CCTP' },
    { clause_id: 'T', upgradable: false, where: at(7), last_paragraph: 8, wording: 'CCTP' },
  ],
  roles: [],
  duties: {
    findings: [
      { status: 'missing', duty: 'x' },
      { status: 'covered', duty: 'y' },
    ],
  },
  proposals: [{ duty: 'x', choices: [{ clause_id: 'E', title: 'Clause E' }] }],
} as unknown as AnalysisResult;
const PIECES = new Set(['CCTP.docx']);
const MINE = [{ clauseId: 'A', values: { part: '40' }, blank: ['delai'] }] as unknown as BasketItem[];

it('accepts each proposed clause once, where it can be written, with the values of the selection', () => {
  const all = allFixes(RESULT, PIECES, MINE);
  expect(all.upgrades).toEqual(['S']);
  expect(all.fixes.map((fix) => [fix.key, fix.clauseId, fix.after])).toEqual([
    ['constat-1', 'A', 3],
    ['obligation-x', 'E', 8],
  ]);
  expect(all.fixes[0]).toMatchObject({ values: { part: '40' }, blank: ['delai'] });
});

it('orders exactly what was accepted for the file, as typed but for its dates', () => {
  const fix: Fix = {
    key: 'constat-1',
    clauseId: 'A',
    title: 'A',
    piece: 'CCTP.docx',
    after: 3,
    replace: true,
    values: { part: ' 12,5 ', jour: '2027-3-1', delai: '4' },
    blank: ['delai'],
  };
  const other = { ...fix, key: 'constat-2', piece: 'CCAP.docx' };
  const accepted = toggleUpgrade(accept(accept(NOTHING, fix), other), 'S');
  expect(orderOf(accepted, PIECES, RESULT.own)).toEqual({
    insert: [
      {
        clause_id: 'A',
        piece: 'CCTP.docx',
        after: 3,
        replace: true,
        values: { part: '12,5', jour: '2027-03-01' },
        blank: ['delai'],
      },
    ],
    upgrade: true,
    only: ['S'],
  });
  const less = refuse(toggleUpgrade(accepted, 'S'), 'constat-1');
  // An empty list would mean all: nothing is brought up to date instead.
  expect(orderOf(less, PIECES, RESULT.own)).toEqual({ insert: [], upgrade: false, only: [] });
});

it('reads anything at all that stands in the storage', () => {
  expect(parseAccepted('nonsense')).toEqual({});
  expect(parseAccepted('{"id":{"fixes":[{"key":1},null],"upgrades":"x"}}')).toEqual({ id: NOTHING });
});
