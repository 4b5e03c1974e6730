/* Dates, amounts and plurals as a French reader expects them. */

const DATE = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric' });
const EUROS = new Intl.NumberFormat('fr-FR', {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 2,
  minimumFractionDigits: 0,
});
const NUMBER = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 4 });
const LIST = new Intl.ListFormat('fr-FR');

/** « 1er décembre 2026 » from « 2026-12-01 ». */
export function longDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  if (!year || !month || !day) return iso;
  return DATE.format(new Date(year, month - 1, day)).replace(/^1 /, '1er ');
}

const MOMENT = new Intl.DateTimeFormat('fr-FR', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** « 24 novembre 2026 à 14:05 », in the reader's own time zone. */
export function moment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

/** The ISO date of « 2026-12-1 » as three boxes give it, or null when there is no such day. */
export function isoDate(typed: string): string | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (!match) return null;
  const iso = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

export function euros(value: number): string {
  return EUROS.format(value);
}

export function number(value: number): string {
  return NUMBER.format(value);
}

/** « 12,5 % », that never breaks before its sign. */
export function percent(value: number): string {
  return `${number(value)}\u00a0%`;
}

export function list(words: string[]): string {
  return LIST.format(words);
}

/** « 1 clause », « 3 clauses », « 0 clause »: in French the plural starts at two. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)}\u00a0${n < 2 ? one : many}`;
}

/** « en vigueur » → « En vigueur », at the head of a badge or a list. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The number of « 120 000,50 », or null when it is not one. */
export function parseNumber(text: string): number | null {
  const plain = text
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/(€|%)$/, '')
    .replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  return Number(plain);
}
