import { stored } from '../frame/storage';

/** By question: the choice taken and whether it was right. */
export type Answers = Record<number, { choice: number; right: boolean }>;
/** By module; kept in this browser. */
export type Lessons = Record<string, Answers>;

const isAnswer = (value: unknown): value is Answers[number] =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Answers[number]).choice === 'number' &&
  typeof (value as Answers[number]).right === 'boolean';

/** Whatever stands in the storage: only what is an answer is kept. */
export function parseLessons(raw: string): Lessons {
  let found: unknown;
  try {
    found = JSON.parse(raw);
  } catch {
    return {};
  }
  if (typeof found !== 'object' || found === null) return {};
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, answers]) => typeof answers === 'object' && answers !== null)
      .map(([code, answers]) => [
        code,
        Object.fromEntries(Object.entries(answers as object).filter(([, one]) => isAnswer(one))) as Answers,
      ]),
  );
}

export const lessonsStore = stored<Lessons>('clausier.formation', { empty: {}, parse: parseLessons });

/** Where one is in a quiz. */
export function scoreOf(answers: Answers, questions: number): { done: boolean; words: string } {
  const given = Object.values(answers);
  const right = given.filter((answer) => answer.right).length;
  const done = given.length >= questions;
  const words = done ? `Terminé : ${right} sur ${questions}` : `En cours : ${given.length} sur ${questions}`;
  return { done, words };
}
