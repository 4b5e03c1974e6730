import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import type { Answers } from './lessons';

export type Progress = components['schemas']['TrainingOut'];

export const progressQuery = queryOptions({
  queryKey: ['training-progress'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/network/progress', { signal })),
  staleTime: 0,
});

/** The choices of a finished quiz, in the order of its questions; null while a question is left. */
export function choicesOf(answers: Answers, questions: number): number[] | null {
  const choices = Array.from({ length: questions }, (_, index) => answers[index]?.choice);
  return choices.every((choice) => choice !== undefined) ? choices : null;
}

export const sendAnswers = (code: string, choices: number[]) =>
  unwrap(api.PUT('/api/v1/network/progress/{code}', { params: { path: { code } }, body: { choices } }));
