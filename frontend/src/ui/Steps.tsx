import type { ReactNode } from 'react';
import css from './Steps.module.css';

export interface Step {
  id: string;
  title: string;
  state: 'done' | 'current' | 'todo';
}

/** « Étape 2 sur 6 », said before drawn; the steps already done are links. */
export function Steps({ steps, link }: { steps: Step[]; link: (step: Step) => ReactNode }) {
  const here = steps.findIndex((step) => step.state === 'current');
  return (
    <nav aria-label="Étapes de l’Assistant" className={`${css.steps} no-print`}>
      <p className={css.count}>
        Étape {here + 1} sur {steps.length}
      </p>
      <ol>
        {steps.map((step) => (
          <li
            key={step.id}
            className={css[step.state]}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            {step.state === 'current' ? (
              <span>{step.title}</span>
            ) : step.state === 'done' ? (
              link(step)
            ) : (
              <span>{step.title}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
