import { Link } from '@tanstack/react-router';
import type { Risk } from '../api/types';
import { Confidence } from '../law/Confidence';
import { useClauses } from '../purchases/clauses';
import { SelectButton } from '../purchases/SelectButton';
import { Card, Quote } from '../ui/Card';
import { Badge, type Tone } from '../ui/Notice';
import { Empty } from '../ui/State';
import { Where } from './Where';

const TONES: Record<Risk['severity'], Tone> = { blocking: 'danger', warning: 'warning', info: 'info' };
const WORDS: Record<Risk['severity'], string> = {
  blocking: 'À corriger',
  warning: 'À revoir',
  info: 'À savoir',
};

export function Risks({ risks }: { risks: readonly Risk[] }) {
  const clauses = useClauses([...new Set(risks.map((risk) => risk.clause_id).filter(Boolean))]);
  if (!risks.length) return <Empty title="Aucun passage fragile n’a été repéré" />;
  const kinds = [...new Set(risks.map((risk) => risk.kind))];
  return (
    <div className="stack loose">
      {kinds.map((kind) => {
        const group = risks.filter((risk) => risk.kind === kind);
        return (
          <section key={kind} className="stack tight">
            <h3>
              {group[0]?.label} ({group.length})
            </h3>
            <ul className="plain stack tight">
              {group.map((risk) => (
                <li key={risk.id}>
                  <RiskCard risk={risk} clause={clauses.byId.get(risk.clause_id)} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

type Clause = ReturnType<typeof useClauses>['byId'] extends Map<string, infer One> ? One : never;

function RiskCard({ risk, clause }: { risk: Risk; clause: Clause | undefined }) {
  return (
    <Card
      aside={
        <div className="row tight">
          <Badge tone={TONES[risk.severity]}>{WORDS[risk.severity]}</Badge>
          <span className="soft small">Constat {risk.confidence}</span>
        </div>
      }
    >
      <Where at={risk.where} />
      <Quote>
        <p>
          {risk.before}
          <mark>{risk.words}</mark>
          {risk.after}
        </p>
      </Quote>
      <p>{risk.sentence}</p>
      <p>
        <strong>Que faire : </strong>
        {risk.advice}
      </p>
      {risk.article && (
        <p className="soft small">
          {risk.article}{' '}
          {risk.article_confidence && risk.article_confidence !== 'verified' && (
            <Confidence value={risk.article_confidence} />
          )}
        </p>
      )}
      {risk.clause_id && (
        <div className="stack tight">
          <p>
            <strong>La clause qui corrige : </strong>
            <Link to="/clauses/$id" params={{ id: risk.clause_id }}>
              {risk.clause_title}
            </Link>
          </p>
          {clause && (
            <SelectButton
              clause={{
                id: clause.id,
                version: clause.version,
                title: clause.title,
                kind: clause.kind,
                piece: clause.pieces[0] ?? '',
              }}
            />
          )}
        </div>
      )}
    </Card>
  );
}
