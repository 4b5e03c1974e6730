import type { Clause } from '../api/types';
import { Summary } from '../ui/Card';
import type { BasketItem } from './draft';
import { Modify, NoClauseYet } from './Modify';
import { display, textOf, valueOf } from './variables';

/** Each clause with the values that its text will carry. */
export function ChosenClauses({
  items,
  clauses,
}: {
  items: readonly BasketItem[];
  clauses: Map<string, Clause>;
}) {
  if (!items.length) return <NoClauseYet />;
  return (
    <Summary
      rows={items.map((item) => {
        const clause = clauses.get(item.clauseId);
        return {
          term: item.title,
          value: clause ? <Values item={item} clause={clause} /> : item.clauseId,
          action: (
            <Modify step="variables" about={`les valeurs de « ${item.title} »`} clause={item.clauseId} />
          ),
        };
      })}
    />
  );
}

function Values({ item, clause }: { item: BasketItem; clause: Clause }) {
  const lines = Object.entries(clause.variables).map(([name, variable]) => {
    const value = valueOf(variable, textOf(variable, item.values[name]));
    const shown = item.blank.includes(name)
      ? 'laissé en blanc'
      : value === null
        ? 'non renseigné'
        : display(variable, value);
    return { name, label: variable.label, shown };
  });
  if (!lines.length) return <p className="soft">Aucun blanc à remplir.</p>;
  return (
    <ul className="plain">
      {lines.map((line) => (
        <li key={line.name}>
          {line.label} : <strong>{line.shown}</strong>
        </li>
      ))}
    </ul>
  );
}
