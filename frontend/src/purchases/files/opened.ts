import { stored } from '../../frame/storage';

/* Which saved file the draft of this browser is, if any. */

export interface Opened {
  id: number;
  /** The ETag of what was last read or written. */
  version: number;
  title: string;
  organisation: string;
  /** The draft as the server has it: what differs from it is not saved yet. */
  base: string;
  savedAt: string;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isInteger(value);

export function parseOpened(raw: string): Opened | null {
  try {
    const found = JSON.parse(raw) as Record<string, unknown> | null;
    if (!found || !isCount(found['id']) || !isCount(found['version'])) return null;
    const { id, version, title, organisation, base, savedAt } = found;
    if (!isText(title) || !isText(organisation) || !isText(base) || !isText(savedAt)) return null;
    return { id, version, title, organisation, base, savedAt };
  } catch {
    return null;
  }
}

export const openedStore = stored<Opened | null>('clausier.dossier-ouvert', {
  empty: null,
  parse: parseOpened,
});

/** Before one leaves: the open file is saved, then taken out of this browser. What cannot be saved stays here. */
export async function putAway(): Promise<void> {
  if (!openedStore.read()) return;
  const { flush, forgetFile } = await import('./autosave');
  if (await flush()) forgetFile();
}
