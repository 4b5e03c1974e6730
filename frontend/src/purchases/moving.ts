import { useNavigate } from '@tanstack/react-router';
import { draftStore } from './draft';
import { numberOf, type StepId } from './steps';

/** Goes to a step and remembers it as reached. */
export function useGoTo(): (step: StepId) => void {
  const navigate = useNavigate();
  return (step) => {
    draftStore.write((draft) => ({ ...draft, reached: Math.max(draft.reached, numberOf(step)) }));
    void navigate({ to: '/assistant/$step', params: { step } });
  };
}
