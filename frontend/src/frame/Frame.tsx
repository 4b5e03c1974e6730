import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { AccountMenu } from '../accounts/AccountMenu';
import { draftStore } from '../purchases/draft';
import { openedStore } from '../purchases/files/opened';
import { FooterLinks, type MenuEntry, SearchBox, Shell } from '../ui/Shell';
import { Fictitious, isDemo } from './demo';
import { ReadOnly, useReadOnly } from './readOnly';
import { shortcutsStore } from './shortcuts';
import { useStored } from './storage';

export function Frame() {
  const selected = useStored(draftStore).items.length;
  const menu: MenuEntry[] = [
    { label: 'Bibliothèque', link: { to: '/clauses' } },
    { label: 'Assistant', link: { to: '/assistant' } },
    { label: 'Mes dossiers', link: { to: '/dossiers' } },
    { label: 'Analyser', link: { to: '/analyse' } },
    { label: 'Entreprises', link: { to: '/entreprises' } },
    { label: 'Charte', link: { to: '/charte' } },
    { label: 'Ressources', link: { to: '/ressources' } },
    { label: 'Ma sélection', link: { to: '/selection' }, count: selected },
  ];
  const lost = useReadOnly();
  useSlashKey();
  useAutosave();
  return (
    <Shell
      notice={isDemo && <Fictitious />}
      alert={lost && <ReadOnly />}
      menu={menu}
      search={<HeaderSearch />}
      account={<AccountMenu />}
      footer={<Footer />}
    >
      <Outlet />
    </Shell>
  );
}

function HeaderSearch() {
  const navigate = useNavigate();
  const query = useRouterState({
    select: (state) =>
      state.location.pathname === '/clauses' ? String(state.location.search['q'] ?? '') : '',
  });
  const [text, setText] = useState(query);
  const [known, setKnown] = useState(query);
  if (known !== query) {
    setKnown(query);
    setText(query);
  }
  const submit = () => void navigate({ to: '/clauses', search: text.trim() ? { q: text.trim() } : {} });
  return <SearchBox value={text} onChange={setText} onSubmit={submit} />;
}

/** What is typed in an open file is saved from any screen; the code comes only when a file is open. */
function useAutosave() {
  const open = useStored(openedStore) !== null;
  useEffect(() => {
    if (!open) return undefined;
    let stop: (() => void) | undefined;
    let left = false;
    void import('../purchases/files/autosave').then(({ follow }) => {
      if (!left) stop = follow();
    });
    return () => {
      left = true;
      stop?.();
    };
  }, [open]);
}

/** `/` goes to the search box, unless one is typing, or has switched single keys off (WCAG 2.1.4). */
function useSlashKey() {
  const { on } = useStored(shortcutsStore);
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        event.target instanceof Element &&
        event.target.matches('input, textarea, select, [contenteditable]')
      )
        return;
      event.preventDefault();
      document.getElementById('champ-recherche')?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [on]);
}

function Footer() {
  return (
    <>
      <FooterLinks label="Pied de page">
        <li>
          <Link to="/accessibilite">Accessibilité : non conforme</Link>
        </li>
        <li>
          <Link to="/mentions-legales">Mentions légales</Link>
        </li>
        <li>
          <Link to="/donnees-personnelles">Données personnelles</Link>
        </li>
        <li>
          <Link to="/glossaire">Glossaire</Link>
        </li>
        <li>
          <Link to="/plan-du-site">Plan du site</Link>
        </li>
        <li>
          <Link to="/aide">Aide</Link>
        </li>
        <li>
          <Link to="/api">API et données ouvertes</Link>
        </li>
        <li>
          <Link to="/licence">Licence Ouverte 2.0</Link>
        </li>
      </FooterLinks>
      <p className="soft">
        Clausier aide à rédiger ; il ne donne pas de consultation juridique. Chaque fait de droit porte son
        degré de vérification.
      </p>
    </>
  );
}
