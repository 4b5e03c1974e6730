import { expect, it } from 'vitest';
import { csvOf } from './csv';

it('writes what a French spreadsheet opens, and runs nothing of it', () => {
  expect(
    csvOf(
      ['Offre', 'Total'],
      [
        ['=HYPERLINK("https://exemple.test")', '-12,5'],
        ['Atelier « Sud »; lot 2', '81 %'],
      ],
    ),
  ).toBe(
    '\uFEFFOffre;Total\r\n"\'=HYPERLINK(""https://exemple.test"")";-12,5\r\n"Atelier « Sud »; lot 2";81 %\r\n',
  );
});
