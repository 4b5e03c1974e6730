import { ApiProblem, explain } from '../../api/problem';
import type { SavedFile } from '../../api/types';
import { type Draft, draftStore, EMPTY_DRAFT, parseDraft } from '../draft';
import { createFile, readFile, writeFile } from './api';
import { sameDraft } from './differences';
import { openedStore } from './opened';

/*
 * The draft of the browser written to its file, a moment after each pause of the typing. What is typed stays in the
 * browser whatever happens; a save that another person's save has overtaken stops, and both versions are shown.
 */

export type Saving =
  | { kind: 'saved' }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'refused'; problem: ApiProblem }
  | { kind: 'conflict'; theirs: SavedFile };

const PAUSE = 1_000;
const RETRY = 5_000;

let state: Saving = { kind: 'saved' };
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export const saving = {
  read: () => state,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

function say(next: Saving) {
  state = next;
  listeners.forEach((listener) => listener());
}

const textOf = (draft: Draft) => JSON.stringify(draft);
export const isStarted = (draft: Draft) =>
  draft.described || draft.items.length > 0 || draft.purchase.object !== '';

function schedule(delay: number) {
  clearTimeout(timer);
  timer = setTimeout(() => void flush(), delay);
}

/** Writes now what is not written; true when the server has everything. Tabs of one browser take turns. */
export function flush(): Promise<boolean> {
  clearTimeout(timer);
  return 'locks' in navigator ? navigator.locks.request('clausier.autosave', push) : push();
}

async function push(): Promise<boolean> {
  const opened = openedStore.read();
  if (!opened) return true;
  const draft = draftStore.read();
  const text = textOf(draft);
  if (text === opened.base) {
    if (state.kind !== 'conflict') say({ kind: 'saved' });
    return state.kind === 'saved';
  }
  if (state.kind === 'conflict') return false;
  say({ kind: 'saving' });
  try {
    remember(await writeFile(opened.id, opened.version, { draft }), text);
  } catch (error) {
    await fail(opened.id, explain(error));
    return false;
  }
  if (textOf(draftStore.read()) === text) say({ kind: 'saved' });
  else schedule(PAUSE);
  return true;
}

function remember(file: SavedFile, base: string) {
  openedStore.write(() => ({
    id: file.id,
    version: file.version,
    title: file.title,
    organisation: file.organisation,
    base,
    savedAt: file.updated_at,
  }));
}

async function fail(id: number, problem: ApiProblem) {
  if (problem.status === 412) {
    try {
      const theirs = await readFile(id);
      const base = openedStore.read()?.base ?? '';
      if (sameDraft(parseDraft(base), parseDraft(JSON.stringify(theirs.draft)))) {
        // Only its name or its state changed: nobody else has written, this is no conflict.
        remember(theirs, base);
        schedule(0);
        return;
      }
      say({ kind: 'conflict', theirs });
      return;
    } catch {
      // Silence in between: the next try meets the same conflict.
    }
  }
  if (problem.status === 0 || problem.status === 412 || problem.status === 429 || problem.status >= 500) {
    say({ kind: 'offline' });
    schedule(RETRY);
    return;
  }
  say({ kind: 'refused', problem });
}

/** Follows the draft while the application runs. */
export function follow(): () => void {
  const changed = () => {
    const opened = openedStore.read();
    if (!opened || state.kind === 'conflict' || textOf(draftStore.read()) === opened.base) return;
    if (state.kind !== 'offline') say({ kind: 'waiting' });
    schedule(PAUSE);
  };
  const leaving = () => document.visibilityState === 'hidden' && void flush();
  const back = () => void flush();
  const forget = draftStore.subscribe(changed);
  document.addEventListener('visibilitychange', leaving);
  window.addEventListener('online', back);
  changed();
  return () => {
    forget();
    document.removeEventListener('visibilitychange', leaving);
    window.removeEventListener('online', back);
  };
}

/** The draft becomes this file as the server has it. */
export function take(file: SavedFile) {
  const draft = parseDraft(JSON.stringify(file.draft));
  // The link first: the change of draft that follows must be measured against this file.
  remember(file, textOf(draft));
  draftStore.write(() => draft);
  say({ kind: 'saved' });
}

/** The draft of this browser becomes a new file of the organisation, and stays open. */
export async function saveAsNew(title = ''): Promise<SavedFile> {
  const draft = draftStore.read();
  const file = await createFile(draft, title);
  remember(file, textOf(draft));
  say({ kind: 'saved' });
  if (textOf(draftStore.read()) !== textOf(draft)) schedule(PAUSE);
  return file;
}

/** What is in the browser is saved before something else takes its place; the title of the file that was made for it. */
async function leave(): Promise<string> {
  if (openedStore.read()) {
    if (!(await flush()))
      throw new ApiProblem(
        0,
        'Le dossier ouvert n’est pas enregistré',
        'Revenez à l’Assistant : il dit pourquoi, et rien de ce que vous avez saisi n’est perdu.',
      );
    return '';
  }
  return isStarted(draftStore.read()) ? (await saveAsNew()).title : '';
}

/** Opens a file in the Assistant; answers the title under which an unsaved draft was kept, if there was one. */
export async function openFile(id: number): Promise<string> {
  const kept = await leave();
  const opened = openedStore.read();
  const file = await readFile(id);
  if (opened?.id !== id || opened.version !== file.version) take(file);
  return kept;
}

/** Closes the open file: the browser keeps nothing of it. */
export async function closeFile(): Promise<void> {
  await leave();
  forgetFile();
}

/** The same without a last save: for a file that is gone. */
export function forgetFile() {
  openedStore.write(() => null);
  draftStore.write(() => EMPTY_DRAFT);
  say({ kind: 'saved' });
}

/** In a conflict: writes one's own version over the other, knowingly. */
export function keepMine(theirs: SavedFile): Promise<boolean> {
  remember(theirs, '');
  say({ kind: 'waiting' });
  return flush();
}

/** In a conflict: one's own version goes in a file beside, and the other's is left as it is. */
export const keepBoth = (theirs: SavedFile) => saveAsNew(`${theirs.title} (ma version)`);
