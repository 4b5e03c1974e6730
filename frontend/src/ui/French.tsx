import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';

/** What react-aria says aloud, in French whatever the browser prefers. */
export function French({ children }: { children: ReactNode }) {
  return <I18nProvider locale="fr-FR">{children}</I18nProvider>;
}
