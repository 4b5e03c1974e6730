import { describe, expect, it } from 'vitest';
import type { Variable } from '../api/types';
import { display, itemErrors, rangeOf, textOf, valueOf, valuesOf, variableError } from './variables';

const variable = (change: Partial<Variable>): Variable => ({
  label: 'Part minimale',
  type: 'percentage',
  unit: '%',
  min: 20,
  max: 100,
  default: 20,
  choices: [],
  max_length: 400,
  required: true,
  help: '',
  ...change,
});
const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');
const item = (values: Record<string, string> = {}, blank: string[] = []) => ({
  clauseId: 'A',
  version: 1,
  title: '',
  piece: '',
  kind: '',
  values,
  blank,
  weight: '',
  reason: '',
  lots: [],
  origin: 'chosen' as const,
});

describe('a variable', () => {
  it('shows its default until something is typed, even nothing', () => {
    expect(textOf(variable({}), undefined)).toBe('20');
    expect(textOf(variable({}), '')).toBe('');
  });

  it.each([
    ['25', undefined],
    ['25,5 %', undefined],
    ['19', 'Part minimale : la valeur doit être entre 20 % et 100 %'],
    ['101', 'Part minimale : la valeur doit être entre 20 % et 100 %'],
    ['vingt', 'Part minimale : donnez un nombre'],
    ['', 'Part minimale : donnez une valeur, ou laissez en blanc'],
  ])('of 20 to 100 %% judges %j', (text, sentence) => {
    expect(plain(variableError(variable({}), text, false))).toBe(sentence);
  });

  it('left blank on purpose is never wrong', () => {
    expect(variableError(variable({}), '', true)).toBeUndefined();
  });

  it('in years is whole', () => {
    const years = variable({ type: 'years', unit: '', min: 1, max: 10 });
    expect(variableError(years, '2,5', false)).toContain('nombre entier');
    expect(plain(rangeOf(years))).toBe('entre 1 an et 10 ans');
  });

  it('of a choice must be one of the choices', () => {
    const choice = variable({ type: 'choice', unit: '', choices: ['mensuel', 'trimestriel'] });
    expect(variableError(choice, 'annuel', false)).toContain('choisissez');
    expect(variableError(choice, 'mensuel', false)).toBeUndefined();
  });

  it('of text is not longer than its bound', () => {
    expect(variableError(variable({ type: 'text', max_length: 3 }), 'abcd', false)).toContain('3 caractères');
  });

  it('prints as in the document', () => {
    expect(plain(display(variable({}), 20))).toBe('20 %');
    expect(plain(display(variable({ type: 'amount', unit: '€' }), 1500))).toBe('1 500 €');
    expect(display(variable({ type: 'date', unit: '' }), '2027-01-01')).toBe('1er janvier 2027');
  });

  it('reads a French number', () => {
    expect(valueOf(variable({}), '1\u202f250,5')).toBe(1250.5);
    expect(valueOf(variable({}), '1.250,5')).toBeNull();
  });
});

describe('an item', () => {
  const variables = { part: variable({}), note: variable({ type: 'text', default: null, required: false }) };

  it('sends defaults and typed values, not the blanks', () => {
    expect(valuesOf(variables, item({ note: ' Ok ' }))).toEqual({ part: 20, note: 'Ok' });
    expect(valuesOf(variables, item({ part: '' }))).toEqual({ part: null, note: null });
    expect(valuesOf(variables, item({}, ['part']))).toEqual({ note: null });
  });

  it('lists its faults by variable', () => {
    expect(Object.keys(itemErrors(variables, item({ part: '3' })))).toEqual(['part']);
    expect(itemErrors(variables, item())).toEqual({});
  });
});
