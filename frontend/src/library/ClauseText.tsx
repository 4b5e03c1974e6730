import type { Clause } from '../api/types';
import { display, rangeOf } from '../purchases/variables';
import { Details, Summary } from '../ui/Card';
import { CopyButton } from '../ui/Copy';
import { Wording } from '../ui/Wording';
import { useLabels } from './api';
import { plainText } from './wording';

/** How a variable reads before anyone filled it: its default, or its name in brackets. */
function placeholder(clause: Clause, name: string): string {
  const variable = clause.variables[name];
  if (!variable) return `[${name}]`;
  if (variable.default === null) return `[${variable.label}]`;
  return display(
    variable,
    typeof variable.default === 'number' ? variable.default : String(variable.default),
  );
}

export function ClauseText({ clause }: { clause: Clause }) {
  const label = useLabels();
  const show = (name: string) => placeholder(clause, name);
  return (
    <div className="stack loose">
      {Object.entries(clause.wordings).map(([piece, text]) => (
        <div key={piece} className="stack">
          <div className="row ends">
            <h3>
              Dans le{' '}
              {piece === 'ANNEXE' || piece === 'AE' ? `document « ${label('pieces', piece)} »` : piece}
            </h3>
            <CopyButton text={plainText(text, show)} about={`pour la pièce ${piece}`} />
          </div>
          <p className="soft small">{label('pieces', piece)}</p>
          <Wording
            text={text}
            show={show}
            terms={clause.definitions}
            label={`Texte pour la pièce ${piece}`}
          />
        </div>
      ))}
      <WhereToInsert clause={clause} />
      <Variables clause={clause} />
    </div>
  );
}

function WhereToInsert({ clause }: { clause: Clause }) {
  if (!clause.ccag.length) return null;
  return (
    <div className="stack tight">
      <h3>Où l’insérer</h3>
      <ul className="bullets">
        {clause.ccag.map((hook) => (
          <li key={`${hook.ccag}-${hook.article}`}>
            Au regard du CCAG-{hook.ccag}, article {hook.article} : {hook.subject}
            {hook.derogates && ' (dérogation à inscrire au dernier article du CCAP)'}.
          </li>
        ))}
      </ul>
    </div>
  );
}

function Variables({ clause }: { clause: Clause }) {
  const variables = Object.entries(clause.variables);
  if (!variables.length) return null;
  return (
    <Details summary={`Les variables de cette clause (${variables.length})`}>
      <Summary
        rows={variables.map(([name, variable]) => ({
          term: variable.label,
          value: (
            <>
              <p>{[placeholder(clause, name), rangeOf(variable)].filter(Boolean).join(', ')}</p>
              {variable.help && <p className="small soft">{variable.help}</p>}
            </>
          ),
        }))}
      />
    </Details>
  );
}
