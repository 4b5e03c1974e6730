import type { EditCheck } from '../api/types';
import { count } from '../frame/french';
import { Notice } from '../ui/Notice';
import { Status } from '../ui/State';
import { Wording } from '../ui/Wording';
import { cut } from './source';

/** What the linter says, then the text as buyers will read it. */
export function Check({ check, source }: { check: EditCheck; source: string }) {
  const parts = cut(source)?.parts ?? [];
  return (
    <div className="stack loose">
      <Status>
        {check.faults.length === 0
          ? 'Le contrôle ne trouve rien à redire.'
          : `${count(check.faults.length, 'point')} à corriger avant la relecture.`}
      </Status>
      {check.faults.length > 0 && (
        <Notice tone="warning">
          <ul className="bullets">
            {check.faults.map((fault) => (
              <li key={`${fault.field}-${fault.code}-${fault.sentence}`}>
                {fault.field} : {fault.sentence}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {parts.map((part) => (
        <div key={part.piece} className="stack tight">
          <h3>Aperçu, {part.piece}</h3>
          <Wording
            text={part.text}
            show={(name) => `[${name}]`}
            label={`Aperçu du texte pour la pièce ${part.piece}`}
          />
        </div>
      ))}
    </div>
  );
}
