/* The OpenAPI document as this page reads it: the parts it shows, and nothing else. */

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
  schema: Schema;
}

type Content = Record<string, { schema?: Schema; examples?: Record<string, { value: unknown }> }>;

export interface Example {
  titre: string;
  curl: string;
  chemin: string;
  statut: number;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  guarded: boolean;
  optional: boolean;
  parameters: Parameter[];
  body: Schema | undefined;
  bodyTypes: string[];
  responses: { status: string; description: string; types: string[]; schema: Schema | undefined }[];
  examples: Example[];
}

export interface Contract {
  version: string;
  rooms: { name: string; description: string; operations: Operation[] }[];
  schemas: Record<string, Schema>;
}

interface RawOperation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { description?: string; content?: Content }>;
  security?: Record<string, unknown>[];
  'x-exemples'?: Example[];
}

export interface RawContract {
  info: { version: string };
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** Operations in the order of the document, in their rooms. */
export function readContract(raw: RawContract): Contract {
  const operations = Object.entries(raw.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => readOperation(method.toUpperCase(), path, operation)),
  );
  const rooms = (raw.tags ?? [])
    .map(({ name, description = '' }) => ({
      name,
      description,
      operations: operations.filter((operation) => operation.tag === name),
    }))
    .filter((room) => room.operations.length > 0);
  return { version: raw.info.version, rooms, schemas: raw.components?.schemas ?? {} };
}

function readOperation(method: string, path: string, raw: RawOperation): Operation {
  const content = raw.requestBody?.content ?? {};
  const security = raw.security ?? [];
  return {
    id: raw.operationId,
    method,
    path,
    summary: raw.summary ?? path,
    description: raw.description ?? '',
    tag: raw.tags?.[0] ?? '',
    guarded: security.length > 0,
    optional: security.some((way) => Object.keys(way).length === 0),
    parameters: raw.parameters ?? [],
    body: Object.values(content)[0]?.schema,
    bodyTypes: Object.keys(content),
    responses: Object.entries(raw.responses).map(([status, answer]) => ({
      status,
      description: answer.description ?? '',
      types: Object.keys(answer.content ?? {}),
      schema: Object.values(answer.content ?? {})[0]?.schema,
    })),
    examples: raw['x-exemples'] ?? [],
  };
}

export function nameOf(schema: Schema): string {
  return schema.$ref?.split('/').at(-1) ?? '';
}

/** The schema behind a reference, and the one inside « this or nothing ». */
export function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  const target = schema.$ref ? schemas[nameOf(schema)] : undefined;
  if (target) return resolved(target, schemas);
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []).filter(
    (choice) => choice.type !== 'null',
  );
  return choices.length === 1 && choices[0] ? resolved(choices[0], schemas) : schema;
}

const TYPES: Record<string, string> = {
  string: 'texte',
  integer: 'entier',
  number: 'nombre',
  boolean: 'vrai ou faux',
  object: 'objet',
  array: 'liste',
  null: 'null',
};

const FORMATS: Record<string, string> = {
  date: 'date (AAAA-MM-JJ)',
  'date-time': 'date et heure',
  binary: 'fichier',
};

/** « liste de texte », « entier ou null », « socle | avancé ». */
export function typeOf(schema: Schema, schemas: Record<string, Schema>): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.$ref) {
    const target = schemas[nameOf(schema)];
    return target?.enum ? typeOf(target, schemas) : nameOf(schema);
  }
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, schemas)))].join(' ou ');
  if (schema.type === 'array') return `liste de ${schema.items ? typeOf(schema.items, schemas) : 'valeurs'}`;
  if (schema.format && FORMATS[schema.format]) return FORMATS[schema.format] ?? '';
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? ''];
  return types.map((type) => TYPES[type] ?? 'valeur').join(' ou ');
}

/** « de 1 à 100 ; 20 par défaut ». */
export function boundsOf(schema: Schema, schemas: Record<string, Schema>): string {
  const inner = schema.$ref || schema.anyOf ? resolved(schema, schemas) : schema;
  const parts = [
    range(inner.minimum ?? inner.exclusiveMinimum, inner.maximum, ''),
    range(inner.minLength, inner.maxLength, 'caractères'),
    range(inner.minItems, inner.maxItems, 'éléments'),
  ].filter(Boolean);
  const value = schema.default;
  const told = value !== undefined && value !== null && value !== '' && JSON.stringify(value) !== '[]';
  if (told && typeof value !== 'object') parts.push(`${String(value)} par défaut`);
  return parts.join(' ; ');
}

function range(low: number | undefined, high: number | undefined, unit: string): string {
  const tail = unit && ` ${unit}`;
  if (low !== undefined && high !== undefined) return `de ${low} à ${high}${tail}`;
  if (high !== undefined) return `${high}${tail} au plus`;
  return low !== undefined && low > 0 ? `${low}${tail} au moins` : '';
}

/** The address of a GET with its parameters in place; null while a part of the path is missing. */
export function addressOf(operation: Operation, values: Record<string, string>): string | null {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: place } of operation.parameters) {
    const value = values[name]?.trim() ?? '';
    if (place === 'path') {
      if (!value) return null;
      path = path.replace(`{${name}}`, encodeURIComponent(value));
    } else if (place === 'query' && value) {
      for (const part of value.split(',')) query.append(name, part.trim());
    }
  }
  const tail = query.toString();
  return tail ? `${path}?${tail}` : path;
}
