import css from './Icon.module.css';

const PATHS = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5.2 12.2L21 21',
  arrow: 'M4 12h15m-6-6 6 6-6 6',
  up: 'M12 19V5m-6 6 6-6 6 6',
  down: 'M12 5v14m-6-6 6 6 6-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  file: 'M6 3h8l4 4v14H6zM14 3v5h4',
  scale: 'M12 4v16M7 20h10M5 8h14M5 8l-3 6h6zM19 8l-3 6h6z',
  warn: 'M12 4 2.5 20h19zM12 10v5m0 2.2v.3',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v6m0-9v.3',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5m0 2.7v.3',
  filter: 'M4 6h16M7 12h10M10 18h4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  path: 'M6 5h.01M6 12h.01M6 19h.01M11 5h8M11 12h8M11 19h5',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.700 1.900 7.500 5.500',
  seal: 'M12 3a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM9 14l-2 7 5-2.5L17 21l-2-7',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word, never instead of one: hidden from assistive technologies. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={css.icon} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The open ring of Clausier: a C, a loop, and the line of a clause. */
export function Mark() {
  return (
    <svg className={css.mark} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M25.5 9.6a11.5 11.5 0 1 0 0 12.8" className={css.ring} />
      <path d="M12 16h10.5" className={css.line} />
    </svg>
  );
}
