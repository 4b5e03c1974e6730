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

/** The advised clauses under their first lever; every other one is one press away. */
export function Proposals({ data }: { data: Recommendations }) {
  const label = useLabels();
  const of = (lever: string, preselected: boolean) =>
    data.items.filter((item) => leverOf(item) === lever && item.preselected === preselected);
  const levers = [...new Set(data.items.map(leverOf))];
  const advised = levers.filter((lever) => of(lever, true).length > 0);
  const others = levers.filter((lever) => of(lever, true).length === 0);
  return (
    <>
      {advised.map((lever) => (
        <Section key={lever} title={label('levers', lever)}>
          <ProposalList items={of(lever, true)} />
          <MoreProposals title={label('levers', lever)} items={of(lever, false)} />
        </Section>
      ))}
      {others.length > 0 && (
        <Section title="Sur d’autres leviers">
          {others.map((lever) => (
            <MoreProposals key={lever} title={label('levers', lever)} items={of(lever, false)} named />
          ))}
        </Section>
      )}
    </>
  );
}

function MoreProposals({ title, items, named }: { title: string; items: Recommendation[]; named?: boolean }) {
  if (!items.length) return null;
  const amount = count(items.length, 'autre clause possible', 'autres clauses possibles');
  return (
    <Details
      summary={
        named ? (
          `${title} : ${amount}`
        ) : (
          <>
            {amount}
            <span className="hidden"> : {title}</span>
          </>
        )
      }
    >
      <ProposalList items={items} />
    </Details>
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
      <Reasons reasons={reasons} about={clause.title} />
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

const FIRST = 2;

/** Why it is proposed: the two best reasons, then the rest on demand. */
function Reasons({ reasons, about }: { reasons: Recommendation['reasons']; about: string }) {
  const list = (some: Recommendation['reasons']) => (
    <ul className="bullets small">
      {some.map((reason) => (
        <li key={reason.text}>{capital(reason.text)}.</li>
      ))}
    </ul>
  );
  const rest = reasons.slice(FIRST);
  return (
    <>
      {list(reasons.slice(0, FIRST))}
      {rest.length > 0 && (
        <Details
          summary={
            <>
              {count(rest.length, 'autre raison', 'autres raisons')}
              <span className="hidden"> : {about}</span>
            </>
          }
        >
          {list(rest)}
        </Details>
      )}
    </>
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
