/* The buyer's template, kept in the browser beside the draft: too large for localStorage. */

const DATABASE = 'clausier';
const STORE = 'modeles';
const KEY = 'dossier';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    settle(request, resolve, reject);
  });
}

function settle<Result>(
  request: IDBRequest<Result>,
  resolve: (result: Result) => void,
  reject: (error: Error) => void,
): void {
  request.addEventListener('success', () => resolve(request.result));
  request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
}

async function run<Result>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      settle(act(database.transaction(STORE, mode).objectStore(STORE)), resolve, reject);
    });
  } finally {
    database.close();
  }
}

/** The template kept from another visit, or null; a browser that keeps nothing has none. */
export async function keptTemplate(): Promise<File | null> {
  try {
    const found: unknown = await run('readonly', (store) => store.get(KEY));
    return found instanceof File ? found : null;
  } catch {
    return null;
  }
}

export async function keepTemplate(file: File | null): Promise<void> {
  try {
    await (file
      ? run('readwrite', (store) => store.put(file, KEY))
      : run('readwrite', (store) => store.delete(KEY)));
  } catch {
    // A private window: the template lives as long as the page.
  }
}
