import type { AssessedDuty } from '../api/types';
import { capital, longDate } from '../frame/french';
import { Card, Details } from '../ui/Card';
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
    <Card aside={<DutyFacts duty={duty} />}>
      <h3>{duty.title}</h3>
      <p>{duty.action}</p>
      <p>
        <strong>Pour cet achat. </strong>
        {duty.reason}
      </p>
      {duty.outcomes.length > 0 && (
        <ul className="bullets">
          {duty.outcomes.map((outcome) => (
            <li key={outcome.condition}>
              {capital(outcome.condition)} :{' '}
              {outcome.applies ? STRENGTHS[outcome.strength]?.label.toLowerCase() : 'sans objet'}.
            </li>
          ))}
        </ul>
      )}
      {duty.exemptions && (
        <Details
          summary={
            <>
              Exceptions<span className="hidden"> de : {duty.title}</span>
            </>
          }
        >
          <p>{duty.exemptions}</p>
        </Details>
      )}
    </Card>
  );
}

function DutyFacts({ duty }: { duty: AssessedDuty }) {
  return (
    <>
      <div className="row tight">
        <Applicability duty={duty} />
        <Confidence value={duty.confidence} />
      </div>
      <p className="strong">{duty.article}</p>
      {duty.source !== duty.article && <p>{duty.source}</p>}
      <p className="soft">
        <Period from={duty.in_force_from} to={duty.in_force_to} />
      </p>
    </>
  );
}

function Applicability({ duty }: { duty: AssessedDuty }) {
  if (duty.applicability === 'depends') return <Badge tone="warning">À préciser</Badge>;
  if (duty.applicability === 'not_applicable') return <Badge>Sans objet</Badge>;
  return <Strength value={duty.strength} />;
}
