import type { AssessedDuty } from '../api/types';
import { longDate } from '../frame/french';
import { Card, Details, Facts } from '../ui/Card';
import { Badge, type Tone } from '../ui/Notice';
import { Confidence } from './Confidence';

const STRENGTHS: Record<string, { label: string; tone: Tone }> = {
  binding: { label: 'Obligatoire', tone: 'danger' },
  recommended: { label: 'Recommandé', tone: 'info' },
  programmed: { label: 'Programmé', tone: 'warning' },
};

export function Strength({ value }: { value: string }) {
  const { label, tone } = STRENGTHS[value] ?? { label: value, tone: 'neutral' as const };
  return <Badge tone={tone}>{label}</Badge>;
}

/** « En vigueur depuis le… », « Jusqu’au… ». */
export function Period({ from, to }: { from: string | null; to: string | null }) {
  if (!from && !to) return null;
  return (
    <span>
      {from && `À compter du ${longDate(from)}`}
      {to && `${from ? ', jusqu’au' : 'Jusqu’au'} ${longDate(to)}`}
    </span>
  );
}

export function DutyCard({ duty }: { duty: AssessedDuty }) {
  return (
    <Card>
      <div className="row tight">
        {duty.applicability === 'depends' ? (
          <Badge tone="warning">À préciser</Badge>
        ) : duty.applicability === 'not_applicable' ? (
          <Badge>Sans objet</Badge>
        ) : (
          <Strength value={duty.strength} />
        )}
        <Confidence value={duty.confidence} />
      </div>
      <h3>{duty.title}</h3>
      <p className="measure">{duty.action}</p>
      <div className="stack tight">
        <p className="measure">
          <strong>Pour cet achat. </strong>
          {duty.reason}
        </p>
        {duty.outcomes.length > 0 && (
          <ul className="bullets">
            {duty.outcomes.map((outcome) => (
              <li key={outcome.condition}>
                {outcome.condition} :{' '}
                {outcome.applies ? STRENGTHS[outcome.strength]?.label.toLowerCase() : 'sans objet'}.
              </li>
            ))}
          </ul>
        )}
      </div>
      {duty.exemptions && (
        <Details
          summary={
            <>
              Exceptions<span className="hidden"> de : {duty.title}</span>
            </>
          }
        >
          <p className="measure">{duty.exemptions}</p>
        </Details>
      )}
      <Facts>
        <span>{duty.article}</span>
        {duty.source !== duty.article && <span>{duty.source}</span>}
        <Period from={duty.in_force_from} to={duty.in_force_to} />
      </Facts>
    </Card>
  );
}
