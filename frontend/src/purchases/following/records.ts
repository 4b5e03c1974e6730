import { isoDate, parseNumber } from '../../frame/french';
import type { Errors } from '../../ui/Form';
import type { Control, ControlRecord, RecordBody } from './api';

/* The result of a control while it is typed. */

export interface TypedRecord {
  result: string;
  done_on: string;
  note: string;
  penalty_due: string;
}

export const EMPTY: TypedRecord = { result: '', done_on: '', note: '', penalty_due: '' };

export const typedOf = (record: ControlRecord): TypedRecord => ({
  result: record.result,
  done_on: record.done_on,
  note: record.note,
  penalty_due: record.penalty_due === null ? '' : String(record.penalty_due).replace('.', ','),
});

/** The body to send, or what stands in its way, by field. */
export function asked(typed: TypedRecord): { body: RecordBody | null; errors: Errors } {
  const errors: Errors = {};
  if (!typed.result) errors['result'] = 'Dites ce que le contrôle a donné';
  const day = isoDate(typed.done_on);
  if (!day) errors['done_on'] = 'Donnez la date du contrôle';
  const penalty = typed.penalty_due.trim() ? parseNumber(typed.penalty_due) : null;
  if (typed.penalty_due.trim() && (penalty === null || penalty < 0))
    errors['penalty_due'] = 'Donnez un montant, par exemple 1 500, ou laissez vide';
  else if (penalty && typed.result && typed.result !== 'not_conform')
    errors['penalty_due'] = 'Une pénalité se constate sur un contrôle non conforme';
  if (Object.keys(errors).length || !day) return { body: null, errors };
  return {
    body: {
      result: typed.result as RecordBody['result'],
      done_on: day,
      note: typed.note.trim(),
      penalty_due: penalty,
    },
    errors,
  };
}

export interface Groups {
  late: Control[];
  soon: Control[];
  event: Control[];
  later: Control[];
  recorded: Control[];
}

/** A control on an event stays to do, whatever was recorded: it may come back. */
export function grouped(checks: Control[]): Groups {
  const comesBack = (one: Control) => one.due === null && !one.gone;
  return {
    late: checks.filter((one) => one.state === 'late'),
    soon: checks.filter((one) => one.state === 'soon'),
    event: checks.filter(comesBack),
    later: checks.filter((one) => one.state === 'later'),
    recorded: checks.filter((one) => one.state === 'recorded' && !comesBack(one)),
  };
}
