import { useQuery } from '@tanstack/react-query';
import { explain } from '../api/problem';
import type { Simulation, SimulationBody } from '../api/types';
import { offersFinding } from '../frame/findings';
import { number, percent } from '../frame/french';
import { Table } from '../ui/Table';
import { Button } from '../ui/Button';
import { Lines } from '../ui/Lines';
import { Notice } from '../ui/Notice';
import { Failure, Skeleton, Status } from '../ui/State';
import { simulationQuery } from './toolsApi';

export function SimulationResult({ body }: { body: SimulationBody }) {
  const query = useQuery(simulationQuery(body));
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <Refused error={query.error} retry={() => void query.refetch()} />;
  return <Shown made={query.data} body={body} />;
}

/** The server's own sentence about a field, or the failure itself. */
export function Refused({ error, retry }: { error: unknown; retry: () => void }) {
  const problem = explain(error);
  if (!problem.errors.length)
    return <Failure error={error} kept="Votre saisie est conservée." retry={retry} />;
  return (
    <Notice tone="warning" live title={problem.detail}>
      <ul className="bullets">
        {problem.errors.map((one) => (
          <li key={one.pointer + one.detail}>{one.detail}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Shown({ made, body }: { made: Simulation; body: SimulationBody }) {
  const ranked = [...made.offers].sort((a, b) => a.rank - b.rank);
  return (
    <div className="stack loose">
      <Status>
        <span className="lead">{made.sentence}</span>
      </Status>
      <Table
        caption="Classement des offres"
        head={[
          'Offre',
          'Rang',
          'Total sur 100',
          'Rang sans le critère',
          ...body.criteria.map((c) => c.label),
        ]}
        rows={ranked.map((offer) => [
          offer.name,
          place(offer.rank),
          number(offer.total),
          place(offer.rank_without),
          ...offer.points.map((points, at) => `${number(points)} (note ${number(offer.marks[at] ?? 0)})`),
        ])}
      />
      <Sensitivity made={made} />
      {made.notes.length > 0 && (
        <Notice tone="warning" title="À regarder avant de publier">
          <ul className="bullets">
            {made.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Button small className="start no-print" onClick={() => window.print()}>
        Imprimer la simulation
      </Button>
    </div>
  );
}

const place = (rank: number) => (rank === 1 ? '1er' : `${rank}e`);

function Sensitivity({ made }: { made: Simulation }) {
  const names = made.offers.map((offer) => offer.name);
  const rows = made.sensitivity
    .filter((step) => step.weight % 5 === 0 || made.flips.some((flip) => flip.weight === step.weight))
    .map((step) => [
      percent(step.weight),
      ...step.totals.map(number),
      step.leaders.map((at) => names[at] ?? '').join(', '),
    ]);
  return (
    <Lines
      title={offersFinding(made.environmental_weight, made.offers)}
      csv={{ name: 'simulation.csv' }}
      axis="Poids du critère environnemental, en %"
      here={made.environmental_weight}
      series={names.map((name, at) => ({
        name,
        values: made.sensitivity.map((step) => step.totals[at] ?? 0),
      }))}
      head={['Poids', ...names, 'En tête']}
      rows={rows}
    />
  );
}
