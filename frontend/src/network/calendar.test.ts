import { expect, test } from 'vitest';
import { parisInstant, parisParts } from './calendarApi';

test('an hour typed for Paris is the same instant in winter and in summer', () => {
  expect(parisInstant('2026-12-04', '14h30')).toBe('2026-12-04T13:30:00.000Z');
  expect(parisInstant('2026-07-04', '14:30')).toBe('2026-07-04T12:30:00.000Z');
  expect(parisInstant('2026-12-04', '14 h 30')).toBe('2026-12-04T13:30:00.000Z');
  expect(parisInstant('2026-12-04', '16h')).toBe('2026-12-04T15:00:00.000Z');
});

test('what is not an hour is none', () => {
  for (const typed of ['', '25h00', '14:', '14h75', 'midi'])
    expect(parisInstant('2026-12-04', typed)).toBeNull();
  expect(parisInstant(null, '14h30')).toBeNull();
});

test('an instant goes back in the form as the day and the hour of Paris, and out again unchanged', () => {
  for (const iso of ['2026-12-04T13:30:00.000Z', '2026-07-04T22:15:00.000Z']) {
    const { day, time } = parisParts(iso);
    expect(parisInstant(day, time)).toBe(iso);
  }
  expect(parisParts('2026-07-04T22:15:00.000Z').day).toBe('2026-07-05');
});
