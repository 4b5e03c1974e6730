import { percent } from '../frame/french';
import { Table } from '../ui/Table';
import type { Spaser } from './api';
import { said } from './words';

/** Two years side by side, in number and in value, with the share of the whole. */
export function SpaserTable({ found }: { found: Spaser }) {
  const cell = (line: Spaser['items'][number], place: number) => {
    const one = line.cells[place];
    if (!one) return '';
    return `${said(one.value, line.unit)}${one.share === null ? '' : ` (${percent(one.share)})`}`;
  };
  return (
    <Table
      caption={`Indicateurs de ${found.organisation}, ${found.first_year} et ${found.first_year + 1}`}
      head={['Indicateur', String(found.first_year), String(found.first_year + 1)]}
      rows={found.items.map((line) => [line.label, cell(line, 0), cell(line, 1)])}
    />
  );
}
