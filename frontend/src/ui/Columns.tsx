import type { ReactNode } from 'react';
import css from './Columns.module.css';

/** A form and what it makes, side by side; one under the other on a small screen. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={css.columns}>
      <div>{main}</div>
      <div className={css.side}>{side}</div>
    </div>
  );
}
