import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, longDate } from '../frame/french';
import { Details } from '../ui/Card';
import { Table } from '../ui/Table';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { depthQuery, type Demand, type Depth, feasibilityQuery, voiceQuery } from './api';
import { DepartmentSelect } from './Pickers';

const NOTE =
  'Des entreprises distinctes (SIREN) qui se déclarent, jamais leurs noms. Sous trois, le nombre n’est pas dit.';

/** On a clause: how many firms say they can meet it here, and past which threshold. */
export function DepthPanel({ clause }: { clause: string }) {
  const [department, setDepartment] = useState('');
  const query = useQuery(depthQuery(clause, department));
  return (
    <Section title="Le marché peut-il répondre ?" intro={NOTE}>
      <DepartmentSelect name="depth-department" value={department} onChange={setDepartment} />
      {query.isPending && <Skeleton lines={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <DepthFigures depth={query.data} />}
      <Voice clause={clause} />
    </Section>
  );
}

function DepthFigures({ depth }: { depth: Depth }) {
  const enough = depth.meeting.firms !== null;
  return (
    <div className="stack">
      <Status>
        <strong>
          {depth.territory} : {depth.meeting.words} sur {depth.covering.words} de la famille.
        </strong>
      </Status>
      <Notice tone={enough ? 'success' : 'warning'} title={depth.advice} />
      {depth.relaxations.length > 0 && (
        <ul className="bullets">
          {depth.relaxations.map((one) => (
            <li key={`${one.kind}-${one.words}`}>
              {one.words} : {one.figure.words}
            </li>
          ))}
        </ul>
      )}
      {depth.curve.length > 0 && (
        <Table
          caption="Entreprises selon l’exigence"
          head={['Exigence', 'Entreprises']}
          rows={depth.curve.map((one) => [one.label, one.figure.words])}
        />
      )}
      <Details summary="Évolution sur un an">
        <Table
          caption="Entreprises qui se déclaraient à chaque date"
          head={['Date', 'Entreprises']}
          rows={depth.trend.map((one) => [longDate(one.day), one.figure.words])}
        />
      </Details>
    </div>
  );
}

/** What firms answered of this clause in sourcings: figures from five firms, never a name. */
function Voice({ clause }: { clause: string }) {
  const { data } = useQuery(voiceQuery(clause));
  if (!data) return null;
  if (data.firms === null)
    return (
      <p className="small soft">
        Moins de {data.fewest} entreprises ont jugé cette clause dans des sourçages : leur avis n’est pas
        montré.
      </p>
    );
  const rows = [
    ...data.feasibility.map((one) => ['Faisabilité', one] as const),
    ...data.cost.map((one) => ['Effet sur le prix', one] as const),
    ...data.blocker.map((one) => ['Ce qui bloque', one] as const),
  ];
  return (
    <Details summary={`Ce qu’en disent ${count(data.firms, 'entreprise')} interrogées`}>
      <Table
        caption="Avis des entreprises recueillis par les sourçages, sans aucun nom"
        head={['Réponse', 'Question', 'Entreprises']}
        rows={rows.map(([asked, one]) => [one.label, asked, String(one.firms)])}
      />
      {data.months !== null && (
        <p>Temps demandé par celles qui en ont besoin : {count(data.months, 'mois', 'mois')} (médiane).</p>
      )}
    </Details>
  );
}

/** On a basket or its check: all the clauses together, and the one that blocks. */
export function BasketDepth({ items }: { items: Demand[] }) {
  const [department, setDepartment] = useState('');
  const query = useQuery(feasibilityQuery(items.slice(0, 30), department));
  if (!items.length) return null;
  return (
    <Section title="Le marché peut-il répondre à tout ?" intro={NOTE}>
      <DepartmentSelect name="basket-department" value={department} onChange={setDepartment} />
      {query.isPending && <Skeleton lines={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <div className="stack">
          <Status>
            <strong>
              {query.data.territory} : {query.data.joint.words} se déclarent pour toutes ces clauses à la
              fois.
            </strong>
          </Status>
          {query.data.blocking && <Notice tone="warning" title={query.data.blocking_words} />}
          {query.data.relaxations.length > 0 && (
            <ul className="bullets">
              {query.data.relaxations.map((one) => (
                <li key={`${one.kind}-${one.words}`}>
                  {one.words} : {one.figure.words}
                </li>
              ))}
            </ul>
          )}
          <Details summary="Clause par clause">
            <Table
              caption="Entreprises pour chaque clause, et pour les autres sans elle"
              head={['Clause', 'Seule', 'Les autres, sans elle']}
              rows={query.data.parts.map((one) => [
                `${one.clause} ${one.title}`,
                one.alone.words,
                one.without.words,
              ])}
            />
          </Details>
        </div>
      )}
    </Section>
  );
}
