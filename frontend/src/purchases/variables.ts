import type { Variable } from '../api/types';
import { euros, isoDate, longDate, number, parseNumber } from '../frame/french';
import type { BasketItem } from './draft';

/** What was typed for a clause, here or in the selection. */
type Typed = Pick<BasketItem, 'values' | 'blank'>;

/* The blanks of a wording: what was typed, what it is worth, why it is refused. Mirrors the server's bounds. */

const NUMERIC = new Set(['percentage', 'integer', 'decimal', 'amount', 'days', 'months', 'years']);
const WHOLE = new Set(['integer', 'days', 'months', 'years']);

export type Value = string | number;

export function isNumeric(variable: Variable): boolean {
  return NUMERIC.has(variable.type);
}

function asNumber(value: number | string | null): number | null {
  if (value === null || value === '') return null;
  const found = Number(value);
  return Number.isNaN(found) ? null : found;
}

/** The unit as printed; the type implies one when the record gives none. */
export function unitOf(variable: Variable): string {
  const implied: Record<string, string> = {
    percentage: '%',
    amount: '€',
    days: 'jours',
    months: 'mois',
    years: 'ans',
  };
  return variable.unit || (implied[variable.type] ?? '');
}

/** What stands in the field: typed by the buyer, or the default of the clause. */
export function textOf(variable: Variable, typed: string | undefined): string {
  if (typed !== undefined) return typed;
  if (variable.default === null) return '';
  return isNumeric(variable) ? number(Number(variable.default)) : String(variable.default);
}

/** The value of a text, or null when it is empty or unreadable. */
export function valueOf(variable: Variable, text: string): Value | null {
  const trimmed = text.trim();
  if (!trimmed) return null;
  if (variable.type === 'date') return isoDate(trimmed);
  return isNumeric(variable) ? parseNumber(trimmed) : trimmed;
}

/** « entre 20 % et 100 % » */
export function rangeOf(variable: Variable): string {
  const min = asNumber(variable.min);
  const max = asNumber(variable.max);
  if (!isNumeric(variable) || min === null || max === null) return '';
  return `entre ${display(variable, min)} et ${display(variable, max)}`;
}

/** A value as the document prints it, with its unit. */
export function display(variable: Variable, value: Value): string {
  if (typeof value === 'string') return variable.type === 'date' ? longDate(value) : value;
  if (variable.type === 'amount' && (variable.unit === '€' || !variable.unit)) return euros(value);
  const unit = unitOf(variable);
  if (!unit) return number(value);
  const singular = unit === 'ans' ? 'an' : unit.endsWith('jours') ? unit.replace('jours', 'jour') : unit;
  return `${number(value)}\u00a0${value < 2 ? singular : unit}`;
}

/** Why this text cannot be exported, or undefined. An empty required blank says so: leaving it blank is a choice. */
export function variableError(variable: Variable, text: string, blank: boolean): string | undefined {
  if (blank) return undefined;
  const { label } = variable;
  if (!text.trim())
    return variable.required ? `${label} : donnez une valeur, ou laissez en blanc` : undefined;
  if (variable.type === 'choice' && !variable.choices.includes(text))
    return `${label} : choisissez dans la liste`;
  if (variable.type === 'date' && !isoDate(text.trim())) return `${label} : donnez une date`;
  if (variable.type === 'text' && text.trim().length > variable.max_length)
    return `${label} : ${number(variable.max_length)} caractères au plus`;
  return isNumeric(variable) ? numericError(variable, text) : undefined;
}

function numericError(variable: Variable, text: string): string | undefined {
  const value = parseNumber(text);
  if (value === null) return `${variable.label} : donnez un nombre`;
  if (WHOLE.has(variable.type) && !Number.isInteger(value))
    return `${variable.label} : donnez un nombre entier`;
  const min = asNumber(variable.min);
  const max = asNumber(variable.max);
  if ((min !== null && value < min) || (max !== null && value > max))
    return `${variable.label} : la valeur doit être ${rangeOf(variable)}`;
  return undefined;
}

/** Name → value of every variable that is not left blank; null says « emptied », where silence would say « default ». */
export function valuesOf(variables: Record<string, Variable>, item: Typed): Record<string, Value | null> {
  const filled = Object.entries(variables)
    .filter(([name]) => !item.blank.includes(name))
    .map(([name, variable]) => [name, valueOf(variable, textOf(variable, item.values[name]))] as const);
  return Object.fromEntries(filled);
}

export function itemErrors(variables: Record<string, Variable>, item: Typed): Record<string, string> {
  const found = Object.entries(variables).map(
    ([name, variable]) =>
      [
        name,
        variableError(variable, textOf(variable, item.values[name]), item.blank.includes(name)),
      ] as const,
  );
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
