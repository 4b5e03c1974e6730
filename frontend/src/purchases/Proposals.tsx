import { Link } from '@tanstack/react-router';
import type { Recommendation, Recommendations } from '../api/types';
import { capital, count } from '../frame/french';
import { useStored } from '../frame/storage';
import { useLabels } from '../library/api';
import { Button, ButtonLink } from '../ui/Button';
import { Card, Details, Facts } from '../ui/Card';
import { Checkbox } from '../ui/Choice';
import { Badge, Level } from '../ui/Notice';
import { Section } from '../ui/Page';
import { add, holds, remove } from './basket';
import { draftStore } from './draft';

const leverOf = (item: Recommendation) => item.clause.levers[0] ?? '';

/** The proposals under their first lever: what is chosen or advised in full, the rest one press away. */
export function Proposals({ data }: { data: Recommendations }) {
  const label = useLabels();
  const levers = [...new Set(data.items.map(leverOf))];
  const weight = (lever: string) =>
    data.items.filter((item) => leverOf(item) === lever && item.preselected).length;
  const sorted = levers.sort((a, b) => weight(b) - weight(a));
  return (
    <>
      {sorted.map((lever) => (
        <Section key={lever} title={label('levers', lever)}>
          <OfLever lever={lever} items={data.items.filter((item) => leverOf(item) === lever)} />
        </Section>
      ))}
    </>
  );
}

function OfLever({ lever, items }: { lever: string; items: Recommendation[] }) {
  const label = useLabels();
  const advised = items.filter((item) => item.preselected);
  const others = items.filter((item) => !item.preselected);
  return (
    <>
      {advised.length > 0 && <ProposalList items={advised} />}
      {others.length > 0 && (
        <Details
          summary={
            <>
              {count(others.length, 'autre clause possible', 'autres clauses possibles')}
              <span className="hidden"> : {label('levers', lever)}</span>
            </>
          }
        >
          <ProposalList items={others} />
        </Details>
      )}
    </>
  );
}

function ProposalList({ items }: { items: Recommendation[] }) {
  return (
    <ul className="plain stack tight">
      {items.map((item) => (
        <li key={item.clause.id}>
          <ProposedClause item={item} />
        </li>
      ))}
    </ul>
  );
}

function ProposedClause({ item }: { item: Recommendation }) {
  const { clause, piece, reasons, level } = item;
  const label = useLabels();
  const chosen = holds(useStored(draftStore), clause.id);
  const toggle = () =>
    draftStore.write((draft) => (chosen ? remove(draft, clause.id) : add(draft, { ...clause, piece })));
  return (
    <Card chosen={chosen}>
      <Checkbox
        name={`clause-${clause.id}`}
        label={<strong>{clause.title}</strong>}
        hint={clause.summary}
        checked={chosen}
        onChange={toggle}
      />
      {reasons.length > 0 && (
        <ul className="bullets small">
          {reasons.map((reason) => (
            <li key={`${reason.kind}-${reason.code}`}>{capital(reason.text)}</li>
          ))}
        </ul>
      )}
      <Facts>
        <Level level={level} />
        <span>{label('kinds', clause.kind)}</span>
        <span>{clause.pieces.join(', ')}</span>
        {clause.gain === 'none' && <Badge tone="warning">Rappelle la loi</Badge>}
        <Link to="/clauses/$id" params={{ id: clause.id }}>
          Lire la clause<span className="hidden"> {clause.title}</span>
        </Link>
      </Facts>
    </Card>
  );
}

/** What the buyer took elsewhere. */
export function OtherClauses({ data }: { data: Recommendations }) {
  const { items } = useStored(draftStore);
  const proposed = new Set(data.items.map((item) => item.clause.id));
  const others = items.filter((item) => !proposed.has(item.clauseId));
  return (
    <Section title="Vos autres clauses">
      {others.length > 0 && (
        <ul className="plain stack tight">
          {others.map((item) => (
            <li key={item.clauseId}>
              <Card chosen>
                <div className="row ends">
                  <Link to="/clauses/$id" params={{ id: item.clauseId }}>
                    {item.title}
                  </Link>
                  <Button
                    small
                    look="quiet"
                    about={`: ${item.title}`}
                    onClick={() => draftStore.write((draft) => remove(draft, item.clauseId))}
                  >
                    Retirer
                  </Button>
                </div>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <p>Vous pouvez ajouter à votre sélection toute clause de la bibliothèque, puis revenir ici.</p>
      <ButtonLink
        className="start"
        to="/clauses"
        search={{ family: data.families.map((family) => family.code) }}
      >
        Ajouter d’autres clauses
      </ButtonLink>
    </Section>
  );
}
