import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './Button';
import css from './Stops.module.css';

/** Shows a place of the page and gives it the focus. */
function goTo(target: HTMLElement | null) {
  target?.closest('details')?.setAttribute('open', '');
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: 'center' });
}

export function PlaceLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault();
        goTo(document.getElementById(id));
      }}
    >
      {children}
    </a>
  );
}

const stops = () => [...document.querySelectorAll<HTMLElement>('[data-stop]')];

/** The stop after (or before) the place where one is: the focus when it is in the list, else the middle of the window. */
function next(list: HTMLElement[], step: 1 | -1): HTMLElement | undefined {
  const focus = document.activeElement;
  const held = list.findIndex((one) => one.contains(focus));
  if (held >= 0) return list[held + step];
  const middle = window.innerHeight / 2;
  const below = list.findIndex((one) => one.getBoundingClientRect().top > middle);
  return step === 1 ? list[below < 0 ? list.length : below] : list[(below < 0 ? list.length : below) - 1];
}

/**
 * From one marked card of the page to the next: two buttons that stay in sight, and a key for each when `keys`
 * (single keys, which a voice user must be able to switch off).
 */
export function Stops({
  label,
  one,
  keys,
  children,
}: {
  label: string;
  /** « Constat ». */
  one: string;
  keys: boolean;
  /** What is said of the keys. */
  children?: ReactNode;
}) {
  const [said, setSaid] = useState('');
  const go = (step: 1 | -1) => {
    const list = stops();
    const target = next(list, step);
    if (!target) return setSaid(step === 1 ? 'C’était le dernier.' : 'C’était le premier.');
    goTo(target);
    return setSaid(`${one} ${list.indexOf(target) + 1} sur ${list.length}`);
  };
  useEffect(() => {
    if (!keys) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'n' && event.key !== 'p')) return;
      if (
        event.target instanceof Element &&
        event.target.matches('input, textarea, select, [contenteditable]')
      )
        return;
      event.preventDefault();
      go(event.key === 'n' ? 1 : -1);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
  return (
    <div className={`${css.stops} no-print`} role="group" aria-label={label}>
      <Button small about={one.toLowerCase()} onClick={() => go(-1)}>
        Précédent
      </Button>
      <Button small about={one.toLowerCase()} onClick={() => go(1)}>
        Suivant
      </Button>
      <span role="status" className={css.said}>
        {said}
      </span>
      <span className={css.help}>{children}</span>
    </div>
  );
}
