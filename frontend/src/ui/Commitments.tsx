import type { ReactNode } from 'react';
import css from './Commitments.module.css';

/** Numbered articles, as on a page one signs. */
export function Commitments({ entries }: { entries: { code: string; title: string; body: ReactNode }[] }) {
  return (
    <ol className={css.list}>
      {entries.map((entry, index) => (
        <li key={entry.code} id={entry.code} className={css.entry}>
          <span className={css.number} aria-hidden="true">
            {index + 1}
          </span>
          <div className={css.body}>
            <h3>
              <span className="hidden">Engagement {index + 1} : </span>
              {entry.title}
            </h3>
            {entry.body}
          </div>
        </li>
      ))}
    </ol>
  );
}
