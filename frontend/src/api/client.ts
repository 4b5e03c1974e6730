import createClient from 'openapi-fetch';
import { problemOf } from './problem';
import type { paths } from './schema';

export const api = createClient<paths, 'application/json'>({
  baseUrl: '/',
  headers: { Accept: 'application/json' },
});

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
