import type { ReactNode } from 'react';
import { csvOf } from '../frame/csv';
import { save } from '../frame/save';
import { Button } from './Button';
import { Details } from './Card';
import css from './Chart.module.css';
import { Table } from './Table';

/** Where the figures of a chart are taken from: an address of the server, or the table of the chart under this name. */
export type Csv = { href: string } | { name: string };

export interface ChartFacts {
  /** The finding: a sentence with its figure. */
  title: string;
  csv: Csv;
}

interface Props extends ChartFacts {
  /** What is told besides, under the finding. */
  summary?: ReactNode;
  /** The same figures, for those who do not see the drawing. */
  table: { caption: string; head: string[]; rows: string[][] };
  /** The table is what one works with: shown at once. */
  open?: boolean;
  /** The drawing. */
  children: ReactNode;
}

const WORDS = 'Télécharger ces chiffres (CSV)';

/** What every chart has: its finding as title, its drawing, the same figures as a table and as a CSV. */
export function Chart({ title, summary, csv, table, open = false, children }: Props) {
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>{title}</figcaption>
      {summary}
      {children}
      <Details
        open={open}
        summary={
          <>
            Voir les données<span className="hidden"> : {table.caption}</span>
          </>
        }
      >
        <Table {...table} />
      </Details>
      <p className="no-print small">
        {'href' in csv ? (
          <a href={csv.href} download>
            {WORDS}
            <span className="hidden"> : {table.caption}</span>
          </a>
        ) : (
          <Button
            small
            look="quiet"
            about={table.caption}
            onClick={() =>
              save({
                name: csv.name,
                content: new Blob([csvOf(table.head, table.rows)], { type: 'text/csv;charset=utf-8' }),
              })
            }
          >
            {WORDS}
          </Button>
        )}
      </p>
    </figure>
  );
}
