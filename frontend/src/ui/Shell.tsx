import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Icon, Mark } from './Icon';
import css from './Shell.module.css';

export interface MenuEntry {
  label: string;
  link: LinkProps;
  /** Said and drawn after the label: « (3) ». */
  count?: number;
}

/** The frame of every screen: skip links, header, menu, content, footer. */
export function Shell({
  notice,
  alert,
  menu,
  search,
  account,
  footer,
  children,
}: {
  /** Said above everything, on every screen and on paper. */
  notice?: ReactNode;
  /** Said aloud when it appears, and kept in sight while it lasts. */
  alert?: ReactNode;
  menu: MenuEntry[];
  search: ReactNode;
  /** The corner: sign in, or one's account. */
  account: ReactNode;
  footer: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css.shell}>
      <SkipLinks />
      {notice && (
        <aside aria-label="À savoir" className={css.notice}>
          {notice}
        </aside>
      )}
      <div role="status" className={alert ? css.alert : undefined}>
        {alert}
      </div>
      <header className={css.header}>
        <div className={css.bar}>
          <Link to="/" className={css.brand}>
            <Mark />
            <span>
              <span className={css.name}>Clausier</span>
              <span className={css.motto}>Acheter public, acheter circulaire</span>
            </span>
          </Link>
          <div className={`${css.search} no-print`}>{search}</div>
          <div className={`${css.account} no-print`}>{account}</div>
          <Menu entries={menu} />
        </div>
      </header>
      <main id="contenu" tabIndex={-1} className={css.main}>
        {children}
      </main>
      <footer id="pied" tabIndex={-1} className={css.footer}>
        <div className={css.inner}>{footer}</div>
      </footer>
    </div>
  );
}

const SKIPS = [
  ['contenu', 'Aller au contenu'],
  ['menu', 'Aller au menu'],
  ['champ-recherche', 'Aller à la recherche'],
  ['pied', 'Aller au pied de page'],
] as const;

function SkipLinks() {
  return (
    <nav aria-label="Accès rapide" className={`${css.skips} no-print`}>
      <ul>
        {SKIPS.map(([target, label]) => (
          <li key={target}>
            <a
              href={`#${target}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(target)?.focus();
              }}
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Menu({ entries }: { entries: MenuEntry[] }) {
  const [open, setOpen] = useState(false);
  return (
    <nav id="menu" tabIndex={-1} aria-label="Menu principal" className={`${css.menu} no-print`}>
      <button
        type="button"
        className={css.toggle}
        aria-expanded={open}
        aria-controls="menu-liste"
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        <Icon name={open ? 'close' : 'menu'} /> Menu
      </button>
      <ul id="menu-liste" className={open ? css.open : undefined}>
        {entries.map((entry) => (
          <li key={entry.label}>
            <Link {...entry.link} className={css.entry} onClick={() => setOpen(false)}>
              {entry.label}
              {entry.count !== undefined && (
                <>
                  {' '}
                  <span className={css.count}>
                    <span className="hidden">(</span>
                    {entry.count}
                    <span className="hidden">{entry.count < 2 ? ' clause)' : ' clauses)'}</span>
                  </span>
                </>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The search box of the header. */
export function SearchBox({
  value,
  onChange,
  onSubmit,
}: {
  value: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
}) {
  return (
    <form
      role="search"
      aria-label="Rechercher une clause"
      className={css.searchForm}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <label htmlFor="champ-recherche" className="hidden">
        Rechercher une clause, un produit, un code CPV
      </label>
      <Icon name="search" />
      <input
        id="champ-recherche"
        type="search"
        value={value}
        placeholder="Clause, produit, CPV…"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
      <button type="submit" className="hidden">
        Rechercher
      </button>
    </form>
  );
}

export function FooterLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label}>
      <ul className={css.links}>{children}</ul>
    </nav>
  );
}
