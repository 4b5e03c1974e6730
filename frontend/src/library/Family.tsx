import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../api/problem';
import type { Family as FamilyData } from '../api/types';
import { longDate } from '../frame/french';
import { ButtonLink } from '../ui/Button';
import { Card, Summary } from '../ui/Card';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { familyQuery } from './api';
import { ClauseLinks } from './ClauseLinks';

const route = getRouteApi('/familles/$code');
const CRUMBS = [
  { label: 'Bibliothèque', link: { to: '/clauses' as const } },
  { label: 'Familles d’achat', link: { to: '/familles' as const } },
];
const GRANTS = 'financement-public';

export function Family() {
  const { code } = route.useParams();
  const query = useQuery(familyQuery(code));
  if (query.data) return <FamilyPage key={code} family={query.data} />;
  const missing = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <Page key={code} title={missing ? 'Famille introuvable' : 'Famille d’achat'} crumbs={CRUMBS}>
      {query.isPending && <Skeleton blocks={2} lines={5} />}
      {query.isError && (
        <Failure error={query.error} retry={missing ? undefined : () => void query.refetch()} />
      )}
      {missing && (
        <p>
          Aucune famille ne porte ce code. <Link to="/familles">Voir toutes les familles</Link>.
        </p>
      )}
    </Page>
  );
}

function FamilyPage({ family }: { family: FamilyData }) {
  return (
    <Page title={family.label} crumbs={CRUMBS} lead={family.headline}>
      <div className="row no-print">
        {family.code !== GRANTS && (
          <ButtonLink look="primary" to="/assistant" search={{ famille: family.code }}>
            Préparer un marché de cette famille
          </ButtonLink>
        )}
        <ButtonLink to="/clauses" search={{ family: [family.code] }}>
          Chercher dans ses {family.clauses.length} clauses
        </ButtonLink>
      </div>
      <Section title="Ce qui compte">
        <Lines lines={family.what_matters} />
      </Section>
      <Section title="Par quelles clauses commencer">
        <Summary
          rows={family.start_with.map((row) => ({
            term: row.clause.id,
            value: (
              <>
                <p>
                  <Link to="/clauses/$id" params={{ id: row.clause.id }}>
                    {row.clause.title}
                  </Link>
                </p>
                <p className="soft">{row.reason}</p>
              </>
            ),
          }))}
        />
      </Section>
      <Section title="Les obligations que vous rencontrerez">
        <ul className="bullets measure">
          {family.duties.map((duty) => (
            <li key={duty.code}>
              <Link to="/obligations" hash={duty.code}>
                {duty.title}
              </Link>
              . {duty.note}
            </li>
          ))}
        </ul>
      </Section>
      <BeforeWriting family={family} />
      <Mistakes family={family} />
      <Scope family={family} />
      <Section title={`Toutes les clauses de la famille (${family.clauses.length})`}>
        <ClauseLinks clauses={family.clauses} />
      </Section>
    </Page>
  );
}

function BeforeWriting({ family }: { family: FamilyData }) {
  return (
    <>
      <Section title="Le marché">
        <p className="measure">{family.market}</p>
      </Section>
      <Section title="Questions pour le sourçage">
        <Lines lines={family.questions_for_sourcing} />
      </Section>
      <Section title="Ce qu’il ne faut pas demander">
        <Summary
          rows={family.not_to_ask.map((row) => ({
            term: row.what,
            value: (
              <>
                <p>{row.why}</p>
                <p>
                  <strong>Demandez plutôt : </strong>
                  {row.instead}
                </p>
              </>
            ),
          }))}
        />
      </Section>
    </>
  );
}

function Mistakes({ family }: { family: FamilyData }) {
  return (
    <Section title="Trois erreurs fréquentes">
      <ul className="plain stack">
        {family.mistakes.map((mistake) => (
          <li key={mistake.title}>
            <Card>
              <h3>{mistake.title}</h3>
              <p>{mistake.story}</p>
              <p>
                <strong>À la place : </strong>
                {mistake.fix}
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Scope({ family }: { family: FamilyData }) {
  if (!family.cpv.length && !family.agec.length) return null;
  return (
    <Section
      title="Codes CPV et catégories AGEC"
      intro="Correspondance indicative, à confirmer dans les textes."
    >
      <ul className="bullets">
        {family.cpv.map((branch) => (
          <li key={branch.prefix}>
            CPV {branch.prefix} : {branch.label}
          </li>
        ))}
        {family.agec.map((category) => (
          <li key={category.number}>
            Décret n° 2024-134, catégorie {category.number} : {category.label}
          </li>
        ))}
      </ul>
      <p className="small soft">Page relue le {longDate(family.updated)}.</p>
    </Section>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="bullets measure">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
