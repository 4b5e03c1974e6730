import { stored } from './storage';

interface Shortcuts {
  on: boolean;
}

const ON: Shortcuts = { on: true };

/** Single-key shortcuts, which a voice user must be able to switch off. */
export const shortcutsStore = stored<Shortcuts>('clausier.raccourcis', {
  empty: ON,
  parse: (raw) => (raw === '{"on":false}' ? { on: false } : ON),
});
