import css from './Coverage.module.css';
import { PlaceLink } from './Stops';

export interface Cell {
  good: number;
  weak: number;
  /** The passages: ids of the page, and what to call each. */
  links: { id: string; label: string }[];
}

interface Props {
  caption: string;
  first: string;
  columns: { key: string; label: string }[];
  rows: { key: string; label: string; sub?: string; cells: Record<string, Cell> }[];
}

function words({ good, weak }: Cell): string {
  const parts = [];
  if (good) parts.push(`${good} bonne${good > 1 ? 's' : ''}`);
  if (weak) parts.push(`${weak} fragile${weak > 1 ? 's' : ''}`);
  return parts.join(', ');
}

function Passages({ cell, about }: { cell: Cell; about: string }) {
  const [only] = cell.links;
  const mark = <span aria-hidden="true">{cell.good ? '●' : '◐'} </span>;
  if (cell.links.length === 1 && only)
    return (
      <PlaceLink id={only.id}>
        {mark}
        {words(cell)}
        <span className="hidden"> : {about}</span>
      </PlaceLink>
    );
  return (
    <>
      {mark}
      {words(cell)}
      <br />
      {cell.links.map((link, index) => (
        <span key={link.id}>
          {index > 0 && ' · '}
          <PlaceLink id={link.id}>
            {link.label}
            <span className="hidden"> : {about}</span>
          </PlaceLink>
        </span>
      ))}
    </>
  );
}

/** Rows against columns, each cell marked by a shape and said in words; it scrolls sideways within itself. */
export function Coverage({ caption, first, columns, rows }: Props) {
  return (
    // A region that scrolls must be reachable by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="region" aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.label}
                {row.sub && <span className="soft small"> {row.sub}</span>}
              </th>
              {columns.map((column) => {
                const cell = row.cells[column.key];
                if (!cell) return <td key={column.key}>–</td>;
                return (
                  <td key={column.key} className={cell.good ? css.good : css.weak}>
                    <Passages cell={cell} about={`${column.label}, ${row.label}`} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
