import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import css from './Hero.module.css';
import { Icon, type IconName } from './Icon';

/** The one question of the home page. */
export function Hero({
  field,
  action,
  other,
  onSubmit,
}: {
  field: ReactNode;
  action: ReactNode;
  other: ReactNode;
  onSubmit: () => void;
}) {
  return (
    <form
      className={css.hero}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={css.line}>
        {field}
        {action}
      </div>
      {other}
    </form>
  );
}

export interface Door {
  icon: IconName;
  title: string;
  text: string;
  link: LinkProps;
}

/** Ways in: the whole box is the link. */
export function Doors({ doors }: { doors: Door[] }) {
  return (
    <ul className={css.doors}>
      {doors.map((door) => (
        <li key={door.title} className={css.door}>
          <Icon name={door.icon} />
          <h3>
            <Link {...door.link}>{door.title}</Link>
          </h3>
          <p>{door.text}</p>
        </li>
      ))}
    </ul>
  );
}

export interface LeverCount {
  label: string;
  count: number;
  link: LinkProps;
}

/** Bars that are links, longest first; the figure stands beside its bar. */
export function LeverList({ levers }: { levers: LeverCount[] }) {
  const most = Math.max(1, ...levers.map((lever) => lever.count));
  return (
    <ul className={css.levers}>
      {[...levers]
        .sort((a, b) => b.count - a.count)
        .map((lever) => (
          <li key={lever.label}>
            <Link {...lever.link}>{lever.label}</Link>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect width={(lever.count / most) * 100} height="8" />
            </svg>
            <span>
              {lever.count}
              <span className="hidden">{lever.count < 2 ? ' clause' : ' clauses'}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
