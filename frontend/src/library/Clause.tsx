import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ApiProblem } from '../api/problem';
import type { Clause as ClauseData } from '../api/types';
import { capital, longDate } from '../frame/french';
import { SelectButton } from '../purchases/SelectButton';
import { ButtonLink } from '../ui/Button';
import { Box, Facts, Summary } from '../ui/Card';
import { Badge, Level } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { Tabs } from '../ui/Tabs';
import { clauseQuery, useLabels } from './api';
import css from './Clause.module.css';
import { Evidence, History, Texts, Understand } from './ClauseTabs';
import { ClauseText } from './ClauseText';
import { Downloads } from './Downloads';
import { Feedback } from './Feedback';
import { ProposeChange } from './ProposeChange';
import { Standing } from './Standing';

const DepthPanel = lazy(() => import('../market/DepthPanel').then((m) => ({ default: m.DepthPanel })));
const route = getRouteApi('/clauses/$id');
const Experience = lazy(async () => ({ default: (await import('../network/Experience')).Experience }));
const CRUMBS = [{ label: 'Bibliothèque', link: { to: '/clauses' as const } }];

export function Clause() {
  const { id } = route.useParams();
  const query = useQuery(clauseQuery(id));
  if (query.data) return <ClausePage key={id} clause={query.data} />;
  const missing = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <Page key={id} title={missing ? 'Clause introuvable' : `Clause ${id}`} crumbs={CRUMBS}>
      {query.isPending && <Skeleton blocks={2} lines={5} />}
      {query.isError && (
        <Failure error={query.error} retry={missing ? undefined : () => void query.refetch()} />
      )}
      {missing && (
        <p>
          Vérifiez l’identifiant, ou <Link to="/clauses">cherchez la clause dans la bibliothèque</Link>.
        </p>
      )}
    </Page>
  );
}

function ClausePage({ clause }: { clause: ClauseData }) {
  const { onglet = 'comprendre' } = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = [
    { id: 'comprendre', title: 'Comprendre', content: <Understand clause={clause} /> },
    { id: 'textes', title: 'Textes', content: <Texts clause={clause} /> },
    { id: 'preuves', title: 'Preuves et contrôle', content: <Evidence clause={clause} /> },
    {
      id: 'retours',
      title: 'Retours',
      content: (
        <Suspense fallback={<Skeleton lines={3} />}>
          <Experience clause={clause.id} />
        </Suspense>
      ),
    },
    { id: 'historique', title: 'Historique', content: <History clause={clause} /> },
  ];
  const select = (tab: string) =>
    void navigate({ search: { onglet: tab as 'comprendre' }, replace: true, resetScroll: false });
  return (
    <Page
      title={clause.title}
      crumbs={CRUMBS}
      above={<ClauseFacts clause={clause} />}
      lead={
        <>
          <p>{clause.plain_title}.</p>
          <p>{clause.summary}</p>
        </>
      }
    >
      <Standing clause={clause} />
      <div className={css.clause}>
        <div className="stack loose">
          <Section
            title="Le texte à insérer"
            intro="Les passages surlignés sont à adapter : l’Assistant les remplit avec vous."
          >
            <ClauseText clause={clause} />
          </Section>
        </div>
        <aside className={css.side}>
          <SideFacts clause={clause} />
        </aside>
      </div>
      {clause.family !== 'financement-public' && (
        <Suspense fallback={<Skeleton lines={2} />}>
          <DepthPanel clause={clause.id} />
        </Suspense>
      )}
      <Tabs label="Tout savoir sur cette clause" tabs={tabs} selected={onglet} onSelect={select} />
    </Page>
  );
}

function ClauseFacts({ clause }: { clause: ClauseData }) {
  const label = useLabels();
  return (
    <Facts>
      <Level level={clause.level} />
      <span>{label('kinds', clause.kind)}</span>
      <span>
        {clause.id}, version {clause.version}
      </span>
      <Badge tone={clause.status === 'active' ? 'success' : 'warning'}>
        {capital(label('statuses', clause.status))}
      </Badge>
      {clause.standing.recalls_law && <Badge tone="warning">Rappel de la loi</Badge>}
      <span>Droit relu le {longDate(clause.legal_check)}</span>
    </Facts>
  );
}

function FamilyLinks({ codes }: { codes: string[] }) {
  const label = useLabels();
  return (
    <ul className="plain stack tight">
      {codes.map((code) => (
        <li key={code}>
          <Link to="/familles/$code" params={{ code }}>
            {label('families', code)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function SideFacts({ clause }: { clause: ClauseData }) {
  const label = useLabels();
  const names = (list: 'levers' | 'natures', codes: string[]) =>
    codes.map((code) => label(list, code)).join(', ');
  return (
    <Box sunken>
      {/* An eco-condition of a grant has no place in the selection of a purchase. */}
      {clause.family !== 'financement-public' && (
        <div className="no-print">
          <SelectButton look="primary" clause={{ ...clause, piece: Object.keys(clause.wordings)[0] ?? '' }} />
        </div>
      )}
      <Summary
        rows={[
          { term: 'Familles', value: <FamilyLinks codes={clause.families} /> },
          { term: 'Leviers', value: names('levers', clause.levers) },
          { term: 'Natures', value: names('natures', clause.natures) },
          { term: 'Offre du marché', value: clause.market.note },
          { term: 'Prochaine relecture', value: longDate(clause.next_review) },
        ]}
      />
      <div className="stack no-print">
        <Downloads clause={clause} />
        <Feedback clause={clause} />
        {clause.family !== 'financement-public' && (
          <ButtonLink to="/clauses/$id/adaptation" params={{ id: clause.id }}>
            Adapter pour mon organisation
          </ButtonLink>
        )}
        <ProposeChange clause={clause} />
      </div>
    </Box>
  );
}
