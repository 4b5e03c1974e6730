/*
 * The analysed files stay on the buyer's machine: here, so that a reload of the page can still ask for the corrected
 * documents. The server keeps no file. What the browser refuses to keep (private mode, full disk) is asked for again.
 */

const NAME = 'clausier-analyses';
const STORE = 'files';
const KEPT = 24 * 3600 * 1000;

interface Kept {
  at: number;
  files: File[];
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('indexedDB')));
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  try {
    const base = await opened();
    try {
      return await new Promise<T>((resolve, reject) => {
        const request = act(base.transaction(STORE, mode).objectStore(STORE));
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('indexedDB')));
      });
    } finally {
      base.close();
    }
  } catch {
    return null;
  }
}

export async function keepFiles(id: string, files: readonly File[]): Promise<void> {
  await forgetOld();
  await within('readwrite', (store) => store.put({ at: Date.now(), files: [...files] } satisfies Kept, id));
}

export async function keptFiles(id: string): Promise<File[]> {
  const found = (await within('readonly', (store) => store.get(id))) as Kept | null | undefined;
  return found?.files ?? [];
}

export async function forgetFiles(id: string): Promise<void> {
  await within('readwrite', (store) => store.delete(id));
}

/** As long as the server keeps the findings, no longer. */
async function forgetOld(): Promise<void> {
  const ids = (await within('readonly', (store) => store.getAllKeys())) ?? [];
  for (const id of ids) {
    const found = (await within('readonly', (store) => store.get(id))) as Kept | null | undefined;
    if (found && found.at < Date.now() - KEPT) await within('readwrite', (store) => store.delete(id));
  }
}

/** The one with these very bytes: another file would be corrected in the wrong places. */
export async function withDigest(files: readonly File[], digest: string): Promise<File | undefined> {
  for (const file of files) {
    const bytes = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    const hex = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex === digest) return file;
  }
  return undefined;
}
