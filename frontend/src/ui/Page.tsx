import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import css from './Page.module.css';

export interface Crumb {
  label: string;
  link: LinkProps;
}

let arrivals = 0;

interface PageProps {
  /** The one h1, and the title of the tab. */
  title: string;
  /** Drawn instead of the title when the heading needs more than text. */
  heading?: ReactNode;
  above?: ReactNode;
  lead?: ReactNode;
  crumbs?: Crumb[];
  /** A long text reads better in a narrow column. */
  narrow?: boolean;
  children: ReactNode;
}

/** Every screen: title of the tab, breadcrumb, one h1 that takes the focus when one arrives from another screen. */
export function Page({ title, heading, above, lead, crumbs, narrow, children }: PageProps) {
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    arrivals += 1;
    // The first screen leaves the focus to the browser: the skip links come first.
    if (arrivals > 1) h1.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} – Clausier`;
  }, [title]);
  return (
    <div className={narrow ? `${css.page} ${css.narrow}` : css.page}>
      {crumbs && <Breadcrumb crumbs={crumbs} here={title} />}
      <div className={css.head}>
        {above}
        <h1 tabIndex={-1} ref={h1}>
          {heading ?? title}
        </h1>
        {lead && <div className="lead">{lead}</div>}
      </div>
      {children}
    </div>
  );
}

/** Where the focus goes when what held it is gone. */
export function focusHeading() {
  document.querySelector('h1')?.focus();
}

function Breadcrumb({ crumbs, here }: { crumbs: Crumb[]; here: string }) {
  return (
    <nav aria-label="Fil d’Ariane" className={`${css.crumbs} no-print`}>
      <ol>
        <li>
          <Link to="/">Accueil</Link>
        </li>
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            <Link {...crumb.link}>{crumb.label}</Link>
          </li>
        ))}
        <li>
          <span aria-current="page">{here}</span>
        </li>
      </ol>
    </nav>
  );
}

/** A part of a screen with its heading. */
export function Section({
  title,
  level = 2,
  id,
  intro,
  actions,
  arrive,
  children,
}: {
  title: string;
  /** Takes the focus when it appears: the screen stays, its subject changes. */
  arrive?: boolean;
  level?: 2 | 3;
  id?: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const Heading = level === 2 ? 'h2' : 'h3';
  const heading = useRef<HTMLHeadingElement>(null);
  const arriving = useRef(arrive);
  useEffect(() => {
    if (arriving.current) heading.current?.focus();
  }, []);
  return (
    <section className={css.section} id={id}>
      <div className={css.sectionHead}>
        <Heading ref={heading} tabIndex={arrive === undefined ? undefined : -1}>
          {title}
        </Heading>
        {actions}
      </div>
      {intro && <div className="soft measure">{intro}</div>}
      {children}
    </section>
  );
}
