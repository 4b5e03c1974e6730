import type { Clause } from '../api/types';
import { useLabels } from '../library/api';
import { Wording } from '../ui/Wording';
import type { BasketItem } from './draft';
import { display, textOf, valueOf, variableError } from './variables';

/** What the documents will say, as one types. */
export function ClausePreview({ item, clause }: { item: BasketItem; clause: Clause }) {
  const label = useLabels();
  const show = (name: string) => {
    const variable = clause.variables[name];
    if (!variable) return `[${name}]`;
    const text = textOf(variable, item.values[name]);
    const value = valueOf(variable, text);
    const usable = value !== null && !item.blank.includes(name) && !variableError(variable, text, false);
    return usable ? display(variable, value) : `[${variable.label}]`;
  };
  return (
    <div className="stack">
      <h3>Aperçu</h3>
      {Object.entries(clause.wordings).map(([piece, text]) => (
        <div key={piece} className="stack tight">
          <p className="small soft">
            {piece} – {label('pieces', piece)}
          </p>
          <Wording text={text} show={show} label={`Aperçu pour la pièce ${piece}`} />
        </div>
      ))}
    </div>
  );
}
