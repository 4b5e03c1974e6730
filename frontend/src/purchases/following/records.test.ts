import { describe, expect, it } from 'vitest';
import type { Control } from './api';
import { asked, EMPTY, grouped } from './records';

const control = (state: Control['state'], due: string | null, gone = false): Control => ({
  key: `${state}-${due}`,
  clause_id: 'CEC-MOB-001',
  title: 'Part de mobilier réemployé',
  lots: [],
  what: '',
  who: '',
  how: '',
  rhythm: '',
  due,
  penalty: '',
  state,
  gone,
  records: [],
});

describe('the result of a control while it is typed', () => {
  it('asks for a result and a day, and keeps an unknown penalty unknown', () => {
    expect(Object.keys(asked(EMPTY).errors)).toEqual(['result', 'done_on']);
    expect(asked({ ...EMPTY, result: 'conform', done_on: '2026-4-2' }).body).toEqual({
      result: 'conform',
      done_on: '2026-04-02',
      note: '',
      penalty_due: null,
    });
  });

  it('takes a penalty on what does not conform only', () => {
    const typed = { ...EMPTY, done_on: '2026-4-2', penalty_due: '1 500,50' };
    expect(asked({ ...typed, result: 'not_conform' }).body?.penalty_due).toBe(1500.5);
    expect(Object.keys(asked({ ...typed, result: 'conform' }).errors)).toEqual(['penalty_due']);
    expect(Object.keys(asked({ ...typed, result: 'not_conform', penalty_due: 'mille' }).errors)).toEqual([
      'penalty_due',
    ]);
  });

  it('keeps a control on an event to do, and what has left the contract among the results', () => {
    const found = grouped([
      control('recorded', null),
      control('recorded', null, true),
      control('late', '2026-01-01'),
    ]);
    expect(found.event.length).toBe(1);
    expect(found.recorded.map((one) => one.gone)).toEqual([true]);
    expect(found.late.length).toBe(1);
  });
});
