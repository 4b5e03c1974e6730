export interface FieldError {
  pointer: string;
  detail: string;
}

/** An answer of the server that is not the one asked for (RFC 9457), or its silence (status 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldError[];
  readonly reference: string;

  constructor(status: number, title: string, detail: string, errors: FieldError[] = [], reference = '') {
    super(`${title} ${detail}`);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.reference = reference;
  }
}

const SILENT = new ApiProblem(
  0,
  'Le serveur ne répond pas',
  'Vérifiez votre connexion, puis réessayez. Rien n’est perdu : ce que vous avez saisi reste dans ce navigateur.',
);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((e) => ({ pointer: String(e['pointer'] ?? ''), detail: String(e['detail'] ?? '') }));
}

export function problemOf(body: unknown, response: Response): ApiProblem {
  const reference = response.headers.get('X-Request-Id') ?? '';
  if (isRecord(body) && typeof body['title'] === 'string') {
    return new ApiProblem(
      response.status,
      body['title'],
      String(body['detail'] ?? ''),
      fieldErrors(body['errors']),
      reference,
    );
  }
  const detail =
    'Le service a rencontré une erreur. Réessayez ; si elle persiste, signalez-la avec sa référence.';
  return new ApiProblem(response.status, 'Erreur du service', detail, [], reference);
}

/** The sentence to show for any error that reaches a screen. */
export function explain(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  // fetch rejects with a TypeError when nothing answers.
  if (error instanceof TypeError) return SILENT;
  return new ApiProblem(
    0,
    'Cette page a rencontré une erreur',
    'Rechargez la page. Votre brouillon est conservé.',
  );
}
