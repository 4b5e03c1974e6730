import type { Clause } from '../api/types';
import { number } from '../frame/french';
import { Table, WeightBar } from '../ui/Bars';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import type { BasketItem } from './draft';
import { Modify } from './StepCheck';
import { remainder, total, weightsOf, weightsSentence } from './weights';

/** The award criteria of the basket, and what they leave to the others: the whole makes a hundred. */
export function WeightsSection({
  items,
  clauses,
}: {
  items: readonly BasketItem[];
  clauses: Map<string, Clause>;
}) {
  const defaults = Object.fromEntries(
    [...clauses.values()].map((clause) => [clause.id, clause.scoring?.weight_default ?? 0]),
  );
  const weights = weightsOf(items, defaults);
  if (!weights.length) return null;
  const rest = remainder(weights);
  const rows = weights.map((entry) => [entry.title, `${number(entry.weight ?? 0)} %`]);
  if (rest > 0) rows.push(['Prix et autres critères', `${number(rest)} %`]);
  rows.push(['Total', `${number(total(weights) + Math.max(0, rest))} %`]);
  return (
    <Section
      title="Poids des critères"
      actions={<Modify step="variables" about="le poids des critères" clause={weights[0]?.id} />}
    >
      {rest <= 0 ? (
        <Notice tone="danger" title={weightsSentence(weights)} />
      ) : (
        <p className="measure">{weightsSentence(weights)}</p>
      )}
      <WeightBar
        parts={weights.map((entry) => ({ label: entry.id, weight: entry.weight ?? 0 }))}
        total={total(weights)}
      />
      <Table caption="Poids des critères d’attribution" head={['Critère', 'Poids']} rows={rows} />
    </Section>
  );
}
