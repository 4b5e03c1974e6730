/* The synchroniser token of the session: sent with whatever changes something (server: app/accounts/origin.py). */

import { note } from './readOnly';

let token: Promise<string> | null = null;

async function ask(): Promise<string> {
  const response = await fetch('/api/v1/session', { headers: { Accept: 'application/json' } });
  note(response);
  if (!response.ok) throw new TypeError('no session');
  const body: unknown = await response.json();
  const found = body && typeof body === 'object' && 'csrf_token' in body ? body.csrf_token : '';
  return typeof found === 'string' ? found : '';
}

/** The token; asked once, empty for a visitor. A silence of the server is not an answer: the next call asks again. */
export function csrfToken(): Promise<string> {
  token ??= ask().catch((error: unknown) => {
    token = null;
    throw error;
  });
  return token;
}

/** The session query has just read it. */
export function rememberToken(found: string) {
  token = Promise.resolve(found);
}

/** It was refused: another tab has signed in or out. */
export function forgetToken() {
  token = null;
}
