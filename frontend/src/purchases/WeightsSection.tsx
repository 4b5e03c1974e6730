import type { Clause } from '../api/types';
import { weightsFinding } from '../frame/findings';
import { number, parseNumber, percent } from '../frame/french';
import { useStored } from '../frame/storage';
import { WeightBar } from '../ui/Bars';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { draftStore } from './draft';
import { Modify } from './Modify';
import { OtherCriteria } from './OtherCriteria';
import { SimulateLink } from './SimulateLink';
import { judgesPrice, remainder, sharedOut, sumError, weightsOf } from './weights';

/** The award criteria: those of the basket, then the buyer's own; the whole makes a hundred. */
export function WeightsSection({ clauses }: { clauses: Map<string, Clause> }) {
  const { items, criteria } = useStored(draftStore);
  const weights = weightsOf(items, clauses);
  if (!weights.length) return null;
  const priced = judgesPrice(weights, clauses);
  const proposed = sharedOut(remainder(weights), priced);
  const others = criteria.length ? criteria : proposed;
  const parts = [
    ...weights.map((entry) => ({ label: entry.title, weight: entry.weight })),
    ...others.map((entry) => ({
      label: entry.label || 'Critère sans nom',
      weight: parseNumber(entry.weight) ?? 0,
    })),
  ];
  const sum = Math.round(parts.reduce((all, part) => all + part.weight, 0) * 100) / 100;
  const wrong = sumError(weights, criteria);
  return (
    <Section
      title="Poids des critères"
      actions={
        <Modify step="variables" about="le poids des critères environnementaux" clause={weights[0]?.id} />
      }
    >
      {wrong ? (
        <Notice tone="danger" live title={wrong} />
      ) : (
        <p className="measure">
          Les critères font {number(sum)} %.{' '}
          {criteria.length === 0 &&
            (priced
              ? 'Le coût du cycle de vie juge déjà le prix : le reste va à la valeur technique, et il est à vous.'
              : 'Le partage entre le prix et la valeur technique est proposé ; il est à vous.')}
        </p>
      )}
      <WeightBar
        title={weightsFinding(parts, sum)}
        csv={{ name: 'poids-des-criteres.csv' }}
        parts={parts}
        total={sum}
        open
        table={{
          caption: 'Poids des critères d’attribution',
          head: ['Critère', 'Poids'],
          rows: [...parts.map((part) => [part.label, percent(part.weight)]), ['Total', percent(sum)]],
        }}
      />
      <SimulateLink clauses={clauses} others={others} />
      <OtherCriteria proposed={proposed} />
    </Section>
  );
}
