import type { MouseEvent, ReactNode } from 'react';
import { Button } from './Button';
import css from './Card.module.css';
import { Icon } from './Icon';

export function Card({
  children,
  aside,
  chosen,
  id,
  stop,
}: {
  children: ReactNode;
  /** Where a link of the page comes to. */
  id?: string | undefined;
  /** One of those that `ui/Stops` goes to, one after the other. */
  stop?: boolean;
  /** Facts that stand beside the text on a wide screen, under it on a small one. */
  aside?: ReactNode;
  chosen?: boolean;
}) {
  const name = [css.card, chosen ? css.chosen : '', stop ? css.stop : ''].filter(Boolean).join(' ');
  const place = { id, tabIndex: id || stop ? -1 : undefined, 'data-stop': stop || undefined };
  if (!aside)
    return (
      <article className={name} {...place}>
        {children}
      </article>
    );
  return (
    <article className={`${name} ${css.split}`} {...place}>
      <div className={css.text}>{children}</div>
      <div className={css.beside}>{aside}</div>
    </article>
  );
}

/** A plain box: the same frame, without the meaning of an article. */
export function Box({
  children,
  sunken,
  label,
}: {
  children: ReactNode;
  sunken?: boolean;
  /** Names a group of fields whose labels come back in the next box. */
  label?: string;
}) {
  return (
    <div
      className={sunken ? `${css.card} ${css.sunken}` : css.card}
      role={label ? 'group' : undefined}
      aria-label={label}
    >
      {children}
    </div>
  );
}

/** Small facts on one line, separated by air. */
export function Facts({ children }: { children: ReactNode }) {
  return <div className={css.facts}>{children}</div>;
}

export function Chips({
  label,
  chips,
}: {
  label: string;
  chips: { key: string; text: string; remove: () => void }[];
}) {
  return (
    <ul className={css.chips} aria-label={label}>
      {chips.map((chip) => (
        <li key={chip.key}>
          <button type="button" className={css.chip} onClick={chip.remove}>
            <span className="hidden">Retirer </span>
            {chip.text}
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

export interface SummaryRow {
  term: string;
  value: ReactNode;
  action?: ReactNode;
}

/** Terms and values, with « Modifier » at the end of the line (GOV.UK's summary list). */
export function Summary({ rows }: { rows: SummaryRow[] }) {
  return (
    <dl className={css.summary}>
      {rows.map((row, index) => (
        // Two rows may bear the same term: the position is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={`${row.term}-${index}`} className={css.row}>
          <dt>{row.term}</dt>
          <dd>{row.value}</dd>
          {row.action && <dd className={css.action}>{row.action}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** The browser's own disclosure. */
export function Details({
  summary,
  open,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className={css.details} open={open}>
      <summary>{summary}</summary>
      <div className={css.inside}>{children}</div>
    </details>
  );
}

export function Quote({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <div className={css.quote} role={label ? 'group' : undefined} aria-label={label}>
      {children}
    </div>
  );
}

/** Moving a node of a list may take its focus away: it is given back once the list is redrawn. */
const keepingFocus = (move: () => void) => (event: MouseEvent<HTMLButtonElement>) => {
  const button = event.currentTarget;
  move();
  requestAnimationFrame(() => button.focus());
};

/** A previous and a next, at the ends of a line. */
export function UpDown({
  about,
  onUp,
  onDown,
}: {
  about: string;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}) {
  return (
    <div className={css.updown}>
      <Button small onClick={onUp && keepingFocus(onUp)} off={!onUp} about={about}>
        <Icon name="up" /> Monter
      </Button>
      <Button small onClick={onDown && keepingFocus(onDown)} off={!onDown} about={about}>
        <Icon name="down" /> Descendre
      </Button>
    </div>
  );
}
