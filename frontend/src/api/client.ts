import createClient, { type Middleware } from 'openapi-fetch';
import { csrfToken, forgetToken } from './csrf';
import { problemOf } from './problem';
import { note } from './readOnly';
import type { paths } from './schema';

export const api = createClient<paths, 'application/json'>({
  baseUrl: '/',
  headers: { Accept: 'application/json' },
});

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the server computes without its database: asked even while it cannot say who asks. */
const COMPUTED = /^\/api\/v1\/(duties|recommendations|check|documents)(\/|$)/;

async function tokenFor(path: string): Promise<string> {
  try {
    return await csrfToken();
  } catch (error) {
    if (COMPUTED.test(path)) return '';
    throw error;
  }
}

const withToken: Middleware = {
  async onRequest({ request }) {
    if (SAFE.has(request.method)) return undefined;
    const token = await tokenFor(new URL(request.url).pathname);
    if (token) request.headers.set('X-CSRF-Token', token);
    return request;
  },
  async onResponse({ response }) {
    note(response);
    if (response.status === 403 || response.status === 401) forgetToken();
    return undefined;
  },
};
api.use(withToken);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; anything else is thrown as an `ApiProblem`. */
export async function unwrap<Data>(answer: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answer;
  if (response.ok && data !== undefined) return data;
  throw problemOf(error, response);
}

/** For an answer without a body (204). */
export async function done(answer: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await answer;
  if (!response.ok) throw problemOf(error, response);
}

/** A value for `Idempotency-Key`: made once per form, so that a second press creates nothing more. */
export function newKey(): string {
  return crypto.randomUUID();
}
