import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import * as findings from '../src/frame/findings';
import { Bars, WeightBar } from '../src/ui/Bars';
import { DepartmentMap } from '../src/ui/DepartmentMap';
import { Lines } from '../src/ui/Lines';
import { Quarters } from '../src/ui/Quarters';

/* Every chart of the product: a finding as title, the same figures as a table and as a CSV. A new one is added here. */

const CHARTS = [
  'charter/Dashboard.tsx Bars',
  'charter/Dashboard.tsx DepartmentMap',
  'charter/Progress.tsx Quarters',
  'charter/Signatories.tsx DepartmentMap',
  'edition/Desk.tsx Bars',
  'market/Directory.tsx DepartmentMap',
  'market/sourcing/PublicRoom.tsx Bars',
  'purchases/LeverBars.tsx Bars',
  'purchases/SimulationResult.tsx Lines',
  'purchases/WeightsSection.tsx WeightBar',
  'purchases/following/Past.tsx Bars',
];
/** Drawings that are no chart: they show no figure. */
const PICTURES = new Set(['Graph.tsx', 'Hero.tsx', 'Icon.tsx', 'Notice.tsx', 'Picture.tsx']);

const SRC = join(import.meta.dirname, '..', 'src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
  .map((file) => [file, readFileSync(join(SRC, file), 'utf8')] as const);

it('knows every chart of every screen, and none is titled by a label', () => {
  const uses = sources
    .filter(([file]) => !file.startsWith('ui/'))
    .flatMap(([file, text]) =>
      [...text.matchAll(/<(Bars|WeightBar|Lines|Quarters|DepartmentMap|Chart)\s[^>]*?title=(\{|")/gs)].map(
        ([, name, quote]) => `${file} ${name}${quote === '"' ? ' (its title is a label)' : ''}`,
      ),
    );
  expect([...new Set(uses)].toSorted()).toEqual(CHARTS);
});

it('draws no figure outside a chart', () => {
  const drawing = sources.filter(([, text]) => /<(svg|canvas|meter)\b/.test(text));
  const loose = drawing.filter(([file, text]) => !PICTURES.has(file.slice(3)) && !text.includes('<Chart'));
  expect(loose.map(([file]) => file)).toEqual([]);
});

const csv = { name: 'chiffres.csv' };
const DRAWN: [name: string, chart: ReactElement, figures: string[]][] = [
  [
    'Bars',
    <Bars key="a" title="3 de plus" csv={csv} series={['A']} groups={[{ label: 'Bois', values: [3] }]} />,
    ['Bois', '3'],
  ],
  [
    'WeightBar',
    <WeightBar
      key="b"
      title="Le prix pèse 60"
      csv={csv}
      parts={[{ label: 'Prix', weight: 60 }]}
      total={60}
      table={{ caption: 'Poids', head: ['Critère', 'Poids'], rows: [['Prix', '60']] }}
    />,
    ['Prix', '60'],
  ],
  [
    'Lines',
    <Lines
      key="c"
      title="Offre A : 80"
      csv={csv}
      series={[{ name: 'A', values: [70, 80] }]}
      axis="Poids"
      here={10}
      head={['Poids', 'A']}
      rows={[['1 %', '80']]}
    />,
    ['1 %', '80'],
  ],
  [
    'Quarters',
    <Quarters
      key="d"
      title="Part : 24 %"
      csv={csv}
      name="Part"
      periods={['2026-T1', '2026-T2']}
      values={[24, null]}
      target={30}
      say={(value) => (value === null ? 'non déclaré' : `${value} %`)}
      figure={String}
    />,
    ['24 %', 'non déclaré', '30 %'],
  ],
  [
    'DepartmentMap',
    <DepartmentMap
      key="e"
      title="Loiret : 12 entreprises"
      csv={csv}
      head="Entreprises"
      counts={[
        { code: '45', value: 12 },
        { code: '18', value: null },
      ]}
      say={(value) => `${value} entreprises`}
    />,
    ['Loiret (45)', '12', 'non diffusé'],
  ],
];

it.each(DRAWN)('%s has its finding, its table and its CSV', (_, chart, figures) => {
  const page = new DOMParser().parseFromString(renderToStaticMarkup(chart), 'text/html');
  expect(page.querySelector('figure > figcaption')?.textContent).toMatch(/\d/);
  const cells = [...page.querySelectorAll('details table tbody :is(th, td)')].map((cell) => cell.textContent);
  for (const figure of figures) expect(cells).toContain(figure);
  expect(page.body.textContent).toContain('Télécharger ces chiffres (CSV)');
});

/** Relative luminance (WCAG 2.2). */
function light(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

it('draws bars that stand out of the page by day and by night (WCAG 1.4.11, 3:1)', () => {
  const tokens = readFileSync(join(SRC, 'ui', 'tokens.css'), 'utf8');
  const all = (name: string) =>
    [...tokens.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6})`, 'g'))].map(([, c = '']) => light(c));
  for (const ground of ['paper', 'surface'])
    for (const bar of ['bar-1', 'bar-2', 'bar-3'])
      all(bar).forEach((one, theme) => {
        const under = all(ground)[theme] ?? Number.NaN;
        const ratio = (Math.max(one, under) + 0.05) / (Math.min(one, under) + 0.05);
        expect(ratio, `${bar} on ${ground}, theme ${theme}`).toBeGreaterThanOrEqual(3);
      });
});

it('finds a figure to say, even when there is nothing', () => {
  expect([
    findings.leversFinding([{ values: [2, 3, 4] }, { values: [1, 1, 2] }]),
    findings.leversFinding([{ values: [2, 2, 4] }]),
    findings.departmentsFinding([{ code: '45', value: 3 }], 'signataire'),
    findings.departmentsFinding([{ code: '45', value: null }], 'entreprise'),
    findings.freshnessFinding([
      { months: 0, clauses: 3 },
      { months: 8, clauses: 1 },
    ]),
    findings.answersFinding('Faisabilité', [
      { label: 'Oui', value: 7 },
      { label: 'Non', value: 5 },
    ]),
    findings.answersFinding('Faisabilité', []),
    findings.weightsFinding([{ label: 'Prix', weight: 60 }], 100),
    findings.offersFinding(10, [{ name: 'Offre A', rank: 1, total: 81.5 }]),
  ]).toMatchInlineSnapshot(`
    [
      "Votre choix dépasse le minimum du droit sur 1 des 2 leviers",
      "Votre choix s’en tient au minimum du droit sur 1 levier",
      "1 département avec au moins un signataire ; en tête, Loiret : 3 signataires",
      "0 entreprise sur la carte",
      "3 des 4 clauses en vigueur ont un droit vérifié depuis moins de 6 mois",
      "Faisabilité : le plus souvent « Oui », 7 réponses sur 12",
      "Faisabilité : 0 réponse",
      "« Prix » pèse le plus : 60 % sur 100",
      "Au poids choisi, 10 %, Offre A est en tête avec 81,5 points sur 100",
    ]
  `);
});
