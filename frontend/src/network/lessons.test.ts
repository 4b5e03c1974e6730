import { expect, test } from 'vitest';
import { parseLessons, scoreOf } from './lessons';

test('a score says how far one is, then how many were right', () => {
  expect(scoreOf({ 0: { choice: 1, right: true } }, 2)).toEqual({ done: false, words: 'En cours : 1 sur 2' });
  const all = { 0: { choice: 1, right: true }, 1: { choice: 0, right: false } };
  expect(scoreOf(all, 2)).toEqual({ done: true, words: 'Terminé : 1 sur 2' });
});

test('whatever stands in the storage gives lessons', () => {
  expect(parseLessons('nonsense')).toEqual({});
  expect(parseLessons('[1]')).toEqual({});
  expect(parseLessons('{"a": {"0": {"choice": 1, "right": true}, "1": "x"}, "b": 3}')).toEqual({
    a: { 0: { choice: 1, right: true } },
  });
});
