import { describe, expect, test } from 'vitest';
import raw from '../../openapi.json';
import { addressOf, boundsOf, type RawContract, readContract, resolved, typeOf } from './contract';

const contract = readContract(raw as unknown as RawContract);
const operations = contract.rooms.flatMap((room) => room.operations);
const find = (method: string, path: string) => {
  const found = operations.find((operation) => operation.method === method && operation.path === path);
  if (!found) throw new Error(`${method} ${path}`);
  return found;
};

describe('the reference of the API', () => {
  test('shows every operation of the contract once, in a room that says what it is for', () => {
    const told = Object.values(raw.paths).reduce((sum, item) => sum + Object.keys(item).length, 0);
    expect(operations).toHaveLength(told);
    expect(new Set(operations.map((operation) => operation.id)).size).toBe(told);
  });

  test('says types in French, references by their name', () => {
    const { schemas } = contract;
    expect(typeOf({ type: 'array', items: { type: 'string' } }, schemas)).toBe('liste de texte');
    expect(typeOf({ anyOf: [{ type: 'integer' }, { type: 'null' }] }, schemas)).toBe('entier ou null');
    expect(typeOf({ $ref: '#/components/schemas/Piece' }, schemas)).toContain('"CCTP"');
    expect(typeOf({ $ref: '#/components/schemas/ClauseOut' }, schemas)).toBe('ClauseOut');
  });

  test('says bounds and defaults, and nothing when there is none', () => {
    expect(boundsOf({ type: 'integer', minimum: 1, maximum: 100, default: 20 }, {})).toBe(
      'de 1 à 100 ; 20 par défaut',
    );
    expect(boundsOf({ type: 'string', maxLength: 10, default: '' }, {})).toBe('10 caractères au plus');
    expect(boundsOf({ type: 'string' }, {})).toBe('');
  });

  test('finds the schema of a body behind its reference', () => {
    const body = find('POST', '/api/v1/duties/assess').body;
    expect(Object.keys(resolved(body ?? {}, contract.schemas).properties ?? {})).toContain('purchase');
  });

  test('builds the address of a read from what is typed, and waits for the path', () => {
    const list = find('GET', '/api/v1/clauses');
    expect(addressOf(list, { family: 'mobilier, textile', level: '1', q: ' ' })).toBe(
      '/api/v1/clauses?family=mobilier&family=textile&level=1',
    );
    const one = find('GET', '/api/v1/clauses/{ident}');
    expect(addressOf(one, {})).toBeNull();
    expect(addressOf(one, { ident: 'CEC-MOB-001' })).toBe('/api/v1/clauses/CEC-MOB-001');
  });

  test('shows a curl command for the documented reads', () => {
    expect(find('GET', '/api/v1/clauses').examples[0]?.curl).toMatch(/^curl /);
  });
});
