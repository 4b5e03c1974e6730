import { expect, test } from 'vitest';
import { parseLessons, scoreOf } from './lessons';

test('a score says how far one is, then how many were right', () => {
  const begun = scoreOf({ 0: { choice: 1, right: true } }, 2);
  expect(begun.done).toBe(false);
  expect(begun.words).toMatch(/^En cours.*1 sur 2$/);
  const over = scoreOf({ 0: { choice: 1, right: true }, 1: { choice: 0, right: false } }, 2);
  expect(over.done).toBe(true);
  expect(over.words).toMatch(/^Terminé.*1 sur 2$/);
});

test('whatever stands in the storage gives lessons', () => {
  expect(parseLessons('nonsense')).toEqual({});
  expect(parseLessons('[1]')).toEqual({});
  expect(parseLessons('{"a": {"0": {"choice": 1, "right": true}, "1": "x"}, "b": 3}')).toEqual({
    a: { 0: { choice: 1, right: true } },
  });
});
