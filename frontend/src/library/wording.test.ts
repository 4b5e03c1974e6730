import { expect, it } from 'vitest';
import { linkTerms, parseWording, plainText } from './wording';

const TEXT = `Au moins {{ part }} des meubles
sont réemployés :
- sièges ;
- tables de {{ largeur }},
  pliantes.

1. D’abord.
2. Ensuite.

| Lot | Taux |
|---|---|
| 1 | {{ part }} |`;

it('reads paragraphs, lists, tables and variables', () => {
  expect(parseWording(TEXT)).toEqual([
    {
      kind: 'paragraph',
      runs: [{ text: 'Au moins ' }, { variable: 'part' }, { text: ' des meubles sont réemployés :' }],
    },
    {
      kind: 'list',
      ordered: false,
      items: [
        [{ text: 'sièges ;' }],
        [{ text: 'tables de ' }, { variable: 'largeur' }, { text: ', pliantes.' }],
      ],
    },
    { kind: 'list', ordered: true, items: [[{ text: 'D’abord.' }], [{ text: 'Ensuite.' }]] },
    {
      kind: 'table',
      head: [[{ text: 'Lot' }], [{ text: 'Taux' }]],
      rows: [[[{ text: '1' }], [{ variable: 'part' }]]],
    },
  ]);
});

it('copies as plain text', () => {
  expect(plainText(TEXT, (name) => `[${name}]`)).toContain('– tables de [largeur], pliantes.\n\n1. D’abord.');
});

it('leaves hostile text as text', () => {
  expect(parseWording('<b>{{ x }}</b> {{ Y }} {{')).toEqual([
    { kind: 'paragraph', runs: [{ text: '<b>' }, { variable: 'x' }, { text: '</b> {{ Y }} {{' }] },
  ]);
});

it('links the first use of each word, in the singular or the plural, the longest word first', () => {
  const words = [
    { id: 'emballage', term: 'Emballage' },
    { id: 'reemployable', term: 'Emballage réemployable (REP)' },
  ];
  const text = 'Les emballages réemployables de {{ part }} et un emballage.\n\n- un emballage';
  expect(linkTerms(parseWording(text), words)).toEqual([
    {
      kind: 'paragraph',
      runs: [
        { text: 'Les ' },
        { text: 'emballages réemployables', term: 'reemployable' },
        { text: ' de ' },
        { variable: 'part' },
        { text: ' et un ' },
        { text: 'emballage', term: 'emballage' },
        { text: '.' },
      ],
    },
    { kind: 'list', ordered: false, items: [[{ text: 'un emballage' }]] },
  ]);
  expect(linkTerms(parseWording('Le remballage.'), words)).toEqual(parseWording('Le remballage.'));
});
