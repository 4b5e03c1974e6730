import type { ReactNode } from 'react';
import css from './Rows.module.css';

/** A list of things one acts on: what it is on the left, what one may do on the right. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={css.rows} aria-label={label}>
      {children}
    </ul>
  );
}

export function Row({ title, facts, actions }: { title: ReactNode; facts?: ReactNode; actions?: ReactNode }) {
  return (
    <li className={css.row}>
      <div className={css.text}>
        <p className="strong">{title}</p>
        {facts && <div className="small soft">{facts}</div>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </li>
  );
}
