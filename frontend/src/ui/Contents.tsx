import type { ReactNode } from 'react';

/** Links to the parts of a long page. */
export function Contents({ label, children }: { label: string; children: ReactNode }) {
  return <nav aria-label={label}>{children}</nav>;
}
