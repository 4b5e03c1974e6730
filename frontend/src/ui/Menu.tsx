import { Link, type LinkProps } from '@tanstack/react-router';
import { type FocusEvent, type ReactNode, useRef, useState } from 'react';
import { Icon } from './Icon';
import css from './Menu.module.css';

/** A button that opens a short list of links; Escape closes it and gives the focus back. */
export function Menu({
  label,
  about,
  children,
}: {
  label: string;
  /** Said before the label: « Compte de ». */
  about?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // The keys and the focus of the links inside come up to here.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={css.menu}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className={css.button}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="person" />
        {about && <span className="hidden">{about} </span>}
        <span className={css.label}>{label}</span>
      </button>
      {open && (
        // A press on any entry closes the list.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
        <ul className={css.list} onClick={() => setOpen(false)}>
          {children}
        </ul>
      )}
    </div>
  );
}

export function MenuLink({ children, ...link }: LinkProps & { children: ReactNode }) {
  return (
    <li>
      <Link {...link} className={css.entry}>
        {children}
      </Link>
    </li>
  );
}

export function MenuAction({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <li>
      <button type="button" className={css.entry} onClick={onPress}>
        {children}
      </button>
    </li>
  );
}

export function MenuNote({ children }: { children: ReactNode }) {
  return <li className={css.note}>{children}</li>;
}

/** The same look, for a single link: « Se connecter ». */
export function TopLink({ children, ...link }: LinkProps & { children: ReactNode }) {
  return (
    <Link {...link} className={css.button}>
      <Icon name="person" />
      <span className={css.label}>{children}</span>
    </Link>
  );
}
