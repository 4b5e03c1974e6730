import css from './Code.module.css';
import { CopyButton } from './Copy';

/** A command or an answer, as written. It scrolls by itself, so it can take the focus. */
export function Code({ label, children, copy }: { label: string; children: string; copy?: boolean }) {
  return (
    <div className={css.code}>
      {/* A region that scrolls must be reachable by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{children}</code>
      </pre>
      {copy && <CopyButton text={children} label="Copier" about={label} />}
    </div>
  );
}

/** A table of plain text, with its caption for those who hear the page. */
export function Grid({
  caption,
  head,
  rows,
}: {
  caption: string;
  head: string[];
  rows: React.ReactNode[][];
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.wide} tabIndex={0} role="region" aria-label={caption}>
      <table className={css.grid}>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index}>
              {row.map((cell, column) => (
                // oxlint-disable-next-line react/no-array-index-key
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
