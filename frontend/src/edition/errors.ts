import { ApiProblem } from '../api/problem';
import type { Errors } from '../ui/Form';

/** The sentences of the server under the names of the fields; several on one field are read one after the other. */
export function fieldErrors(error: unknown, names: Record<string, string> = {}): Errors {
  if (!(error instanceof ApiProblem)) return {};
  const found: Errors = {};
  for (const { pointer, detail } of error.errors) {
    const field = pointer.slice(1);
    const name = names[field] ?? field;
    found[name] = found[name] ? `${found[name]} ${detail}` : detail;
  }
  return found;
}
