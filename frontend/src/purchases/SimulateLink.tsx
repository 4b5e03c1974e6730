import { useNavigate } from '@tanstack/react-router';
import type { Clause } from '../api/types';
import { number } from '../frame/french';
import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import { type Criterion, draftStore } from './draft';
import { type CriterionDraft, simulatorStore, withCriteria } from './simulator';
import { isCriterion, weightOf } from './weights';

const PRICE = /prix|coût/i;

/** Takes the criteria of the file to the simulator. */
export function SimulateLink({ clauses, others }: { clauses: Map<string, Clause>; others: Criterion[] }) {
  const { items } = useStored(draftStore);
  const navigate = useNavigate();
  const go = () => {
    const own = others.map((one): CriterionDraft => ({
      label: one.label,
      weight: one.weight,
      formula: PRICE.test(one.label) ? 'proportional_less' : 'given',
      environmental: false,
      steps: [],
    }));
    const green = items.filter(isCriterion).flatMap((item): CriterionDraft[] => {
      const clause = clauses.get(item.clauseId);
      if (!clause) return [];
      const formula = clause.scoring?.formula ?? 'given';
      return [
        {
          label: item.title,
          weight: number(weightOf(item, clause) ?? 0),
          // The steps of a clause are sentences: the buyer reads the mark in them.
          formula: formula === 'steps' ? 'given' : formula,
          environmental: clause.environmental,
          steps: [],
        },
      ];
    });
    simulatorStore.write((draft) => withCriteria(draft, [...own, ...green]));
    void navigate({ to: '/outils/simulateur' });
  };
  return (
    <Button className="start no-print" onClick={go}>
      Simuler le classement avec ces critères
    </Button>
  );
}
