import type { ReactNode } from 'react';

/** Links to the parts of a long page, or to the pages around it (in a row). */
export function Contents({ label, row, children }: { label: string; row?: boolean; children: ReactNode }) {
  return (
    <nav aria-label={label} className={row ? 'row' : undefined}>
      {children}
    </nav>
  );
}

/** A list that may have a name for those who hear the page. */
export function NamedList({
  label,
  tight,
  children,
}: {
  label?: string | undefined;
  tight?: boolean;
  children: ReactNode;
}) {
  return (
    <ul aria-label={label} className={tight ? 'plain stack tight' : 'plain stack'}>
      {children}
    </ul>
  );
}
