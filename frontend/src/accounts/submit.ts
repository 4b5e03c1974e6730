import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, explain } from '../api/problem';
import type { Errors } from '../ui/Form';

/** A form sent to the server: its refusals beside their fields, the rest above the form. Nothing typed is lost. */
export function useSubmit<Data>(send: () => Promise<Data>, onDone: (data: Data) => void) {
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const mutation = useMutation({
    mutationFn: send,
    onMutate: () => {
      setErrors({});
      setFailure(null);
    },
    onSuccess: onDone,
    onError: (error) => {
      const problem = explain(error);
      const found = Object.fromEntries(problem.errors.map((one) => [one.pointer.slice(1), one.detail]));
      setErrors(found);
      setAttempt((n) => n + 1);
      if (!problem.errors.length) setFailure(problem);
    },
  });
  /** Checks first what the screen knows by itself. */
  const submit = (own: Errors = {}) => {
    if (Object.keys(own).length) {
      setErrors(own);
      setFailure(null);
      setAttempt((n) => n + 1);
    } else if (!mutation.isPending) mutation.mutate();
  };
  return { errors, attempt, failure, busy: mutation.isPending, submit };
}

/** Sentences for the fields left empty. */
export function required(values: Record<string, string>, sentences: Record<string, string>): Errors {
  return Object.fromEntries(Object.entries(sentences).filter(([name]) => !values[name]?.trim()));
}
