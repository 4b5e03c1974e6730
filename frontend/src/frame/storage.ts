import { useSyncExternalStore } from 'react';

/** What a browser refuses when its storage is full, off, or private. */
export type Kept = 'kept' | 'memory';

export interface Stored<Value> {
  read: () => Value;
  write: (change: (value: Value) => Value) => void;
  /** Whether the last write reached the disk of the browser. */
  state: () => Kept;
  subscribe: (listener: () => void) => () => void;
}

interface Codec<Value> {
  empty: Value;
  /** Anything at all may stand in the storage: the answer is always a value. */
  parse: (raw: string) => Value;
}

/**
 * A value kept in `localStorage` under `key`: the storage is the only truth, shared by every tab.
 * When it refuses (quota, private mode), the value lives in memory and the screen may say so.
 */
export function stored<Value>(key: string, codec: Codec<Value>): Stored<Value> {
  let raw: string | null = null;
  let value = codec.empty;
  let state: Kept = 'kept';
  const listeners = new Set<() => void>();

  const read = () => {
    if (state === 'memory') return value;
    const found = safely(() => localStorage.getItem(key), null);
    if (found !== raw) {
      raw = found;
      value = found === null ? codec.empty : codec.parse(found);
    }
    return value;
  };
  const write = (change: (value: Value) => Value) => {
    value = change(read());
    const text = JSON.stringify(value);
    state = safely(() => (localStorage.setItem(key, text), 'kept' as Kept), 'memory');
    if (state === 'kept') raw = text;
    listeners.forEach((listener) => listener());
  };
  const subscribe = (listener: () => void) => {
    const elsewhere = (event: StorageEvent) => event.key === key && listener();
    listeners.add(listener);
    window.addEventListener('storage', elsewhere);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', elsewhere);
    };
  };
  return { read, write, subscribe, state: () => state };
}

function safely<T>(action: () => T, otherwise: T): T {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

export function useStored<Value>(store: Stored<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.read);
}

export function useKept<Value>(store: Stored<Value>): Kept {
  return useSyncExternalStore(store.subscribe, store.state);
}
