import { Link } from '@tanstack/react-router';
import type { Risk } from '../api/types';
import { Confidence } from '../law/Confidence';
import { Card, Quote } from '../ui/Card';
import { Badge, type Tone } from '../ui/Notice';
import { Empty } from '../ui/State';
import { Fixing } from './Fixing';
import { keyOf, spotOf } from './fixes';
import { Where } from './Where';

const TONES: Record<Risk['severity'], Tone> = { blocking: 'danger', warning: 'warning', info: 'info' };
const WORDS: Record<Risk['severity'], string> = {
  blocking: 'À corriger',
  warning: 'À revoir',
  info: 'À savoir',
};

interface Props {
  analysis: string;
  risks: readonly Risk[];
  pieces: ReadonlySet<string>;
}

export function Risks({ analysis, risks, pieces }: Props) {
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
                  <RiskCard analysis={analysis} risk={risk} pieces={pieces} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function RiskCard({ analysis, risk, pieces }: Omit<Props, 'risks'> & { risk: Risk }) {
  const spot = spotOf(risk.where, pieces);
  return (
    <Card
      stop
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
      {risk.choices.length > 0 &&
        (spot ? (
          <Fixing
            analysis={analysis}
            fixKey={keyOf.risk(risk)}
            choices={risk.choices}
            spot={spot}
            about={`: ${risk.label}, paragraphe ${risk.where.paragraph}`}
          />
        ) : (
          <p>
            <strong>La clause qui corrige : </strong>
            <Link to="/clauses/$id" params={{ id: risk.choices[0]?.clause_id ?? '' }}>
              {risk.choices[0]?.title}
            </Link>
            . Ce passage se corrige à la main.
          </p>
        ))}
    </Card>
  );
}
