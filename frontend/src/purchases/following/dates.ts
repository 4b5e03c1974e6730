import { isoDate } from '../../frame/french';
import type { Errors } from '../../ui/Form';
import type { Timeline, TimelineBody } from './api';

/* The dates of a procedure while they are typed: `year-month-day` as three boxes give it. */

export interface TypedStep {
  /** Kept by the server, empty for a new one. */
  key: string;
  /** Of the row on the screen. */
  row: string;
  label: string;
  day: string;
}

export interface TypedDates {
  version: number;
  dates: Record<string, string>;
  others: TypedStep[];
}

let rows = 0;

export function newStep(): TypedStep {
  rows += 1;
  return { key: '', row: `n${rows}`, label: '', day: '' };
}

export const fieldOf = (code: string) => `dates/${code}`;
export const stepField = (place: number, name: 'label' | 'day') => `others/${place}/${name}`;

/** What the server has; a step without a date takes what the description or the documents say. */
export function typedOf(timeline: Timeline): TypedDates {
  const dates: Record<string, string> = {};
  for (const one of timeline.milestones) dates[one.code] = one.day ?? '';
  if (!timeline.version) {
    dates['launch'] ||= timeline.launch ?? '';
    dates['start'] ||= timeline.start ?? '';
  }
  return {
    version: timeline.version,
    dates,
    others: timeline.others.map((step) => ({
      key: step.key,
      row: step.key,
      label: step.label,
      day: step.day,
    })),
  };
}

/** The body to send, or what stands in its way. */
export function asked(typed: TypedDates): { body: TimelineBody; errors: Errors } {
  const errors: Errors = {};
  const dates: Record<string, string> = {};
  for (const [code, text] of Object.entries(typed.dates)) {
    if (!text) continue;
    const day = isoDate(text);
    if (day) dates[code] = day;
    else errors[fieldOf(code)] = 'Donnez une date complète, par exemple 15 3 2027, ou videz les trois cases';
  }
  const others = typed.others.map((step, place) => {
    const day = isoDate(step.day);
    if (!step.label.trim()) errors[stepField(place, 'label')] = 'Nommez cette étape, ou retirez-la';
    if (!day) errors[stepField(place, 'day')] = 'Donnez la date de cette étape, ou retirez-la';
    return { ...(step.key ? { key: step.key } : {}), label: step.label.trim(), day: day ?? '' };
  });
  return { body: { dates, others }, errors };
}

/** Whether somebody typed something that is not kept. */
export function isChanged(typed: TypedDates, timeline: Timeline): boolean {
  const { body } = asked(typed);
  const kept: Record<string, string> = {};
  for (const one of timeline.milestones) if (one.day) kept[one.code] = one.day;
  const same = (one: Record<string, string>, other: Record<string, string>) =>
    Object.keys({ ...one, ...other }).every((code) => one[code] === other[code]);
  return (
    !same(body.dates ?? {}, kept) ||
    JSON.stringify((body.others ?? []).map(({ label, day }) => [label, day])) !==
      JSON.stringify(timeline.others.map(({ label, day }) => [label, day]))
  );
}
