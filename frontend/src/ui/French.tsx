import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';

// react-aria would insert this rule as an inline style, which our security policy refuses: base.css holds it.
const PRESSABLE = 'react-aria-pressable-style';
if (!document.getElementById(PRESSABLE)) {
  const holder = document.createElement('template');
  holder.id = PRESSABLE;
  document.head.append(holder);
}

/** What react-aria says aloud, in French whatever the browser prefers. */
export function French({ children }: { children: ReactNode }) {
  return <I18nProvider locale="fr-FR">{children}</I18nProvider>;
}
