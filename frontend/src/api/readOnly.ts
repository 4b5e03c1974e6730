/* While the server has lost its database, every answer says so (server: app/web/headers.py, app/library/queries.py). */

const EVERY = 4000;
const listeners = new Set<() => void>();
let lost = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function become(now: boolean) {
  if (lost === now) return;
  lost = now;
  for (const listener of listeners) listener();
}

/** Asks until the base is back: nobody has to press anything. */
async function look() {
  timer = undefined;
  try {
    const answer = await fetch('/health/ready', { headers: { Accept: 'application/json' } });
    become(!answer.ok);
  } catch {
    // The network, not the base: the screens say it by themselves.
  }
  if (lost) timer ??= setTimeout(() => void look(), EVERY);
}

/** Reads the sign on an answer. */
export function note(response: Response) {
  if (response.headers.get('X-Read-Only') !== '1') return;
  become(true);
  timer ??= setTimeout(() => void look(), EVERY);
}

export const readOnlyStore = {
  read: () => lost,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
