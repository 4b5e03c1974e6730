import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { Gate } from '../accounts/Gate';
import type { EditQueue, EditRow } from '../api/types';
import { freshnessFinding } from '../frame/findings';
import { count } from '../frame/french';
import { PagedCards, type Pages } from '../frame/Paged';
import { Bars } from '../ui/Bars';
import { ButtonLink } from '../ui/Button';
import { Card, Facts } from '../ui/Card';
import { Badge, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { Tabs } from '../ui/Tabs';
import { proposalsQuery, queueQuery, watchQuery } from './api';
import { Inbox } from './Inbox';
import { NewProposal } from './NewProposal';
import { age, KINDS, STATUSES, WATCHED } from './words';

const Voices = lazy(async () => ({ default: (await import('../market/Voices')).Voices }));
const ProofsToVerify = lazy(async () => ({
  default: (await import('../market/ProofsToVerify')).ProofsToVerify,
}));
const later = (screen: ReactNode) => <Suspense fallback={<Skeleton lines={3} />}>{screen}</Suspense>;
const TITLE = 'Rédaction des clauses';
const route = getRouteApi('/edition');

export function Desk() {
  return (
    <Gate
      need="editorial"
      title={TITLE}
      why="La rédaction relit et publie les clauses : elle se fait avec un compte."
    >
      {() => <Room />}
    </Gate>
  );
}

function Room() {
  const queue = useQuery(queueQuery);
  return (
    <Page
      title={TITLE}
      lead={
        <p>Une clause change en quatre temps : proposer, relire le droit, relire la technique, publier.</p>
      }
    >
      {queue.isPending && <Skeleton blocks={2} />}
      {queue.isError && <Failure error={queue.error} retry={() => void queue.refetch()} />}
      {queue.data && <Lists queue={queue.data} />}
    </Page>
  );
}

function Lists({ queue }: { queue: EditQueue }) {
  const { liste = 'relire' } = route.useSearch();
  const navigate = route.useNavigate();
  const tabs = [
    {
      id: 'relire',
      title: `À relire (${queue.to_review})`,
      content: <Proposals wanted={(row) => !row.ready} />,
    },
    {
      id: 'valider',
      title: `À publier (${queue.to_validate})`,
      content: <Proposals wanted={(row) => row.ready} />,
    },
    { id: 'brouillons', title: `Brouillons (${queue.drafts})`, content: <Drafts /> },
    { id: 'messages', title: `Messages (${queue.feedback})`, content: <Inbox /> },
    { id: 'marche', title: 'Avis du marché', content: later(<Voices />) },
    { id: 'preuves', title: 'Preuves', content: later(<ProofsToVerify />) },
    { id: 'loi', title: `Loi changée (${queue.law_changed})`, content: <Watched why="law" /> },
    { id: 'retard', title: `En retard (${queue.overdue})`, content: <Watched why="overdue" /> },
    { id: 'finies', title: 'Terminées', content: <Finished /> },
  ];
  return (
    <>
      <div className="row">
        {queue.next_to_read ? (
          <ButtonLink
            look="primary"
            to="/edition/propositions/$id"
            params={{ id: String(queue.next_to_read) }}
          >
            Relire la suivante
          </ButtonLink>
        ) : (
          <p>Rien n’attend votre relecture.</p>
        )}
        <NewProposal />
      </div>
      {queue.to_export > 0 && (
        <Notice
          title={`${count(queue.to_export, 'clause publiée', 'clauses publiées')} à reporter dans les fichiers`}
        >
          <p>
            <a href="/api/v1/edition/export" download>
              Télécharger les fichiers (ZIP)
            </a>
            , à poser dans le dossier « clauses ».
          </p>
        </Notice>
      )}
      <Section title="Ce qui attend">
        <Tabs
          label="Ce qui attend la rédaction"
          tabs={tabs}
          selected={liste}
          onSelect={(id) => void navigate({ search: { liste: id }, replace: true, resetScroll: false })}
        />
      </Section>
      <Section title="Fraîcheur de la bibliothèque">
        <Bars
          title={freshnessFinding(queue.freshness)}
          csv={{ name: 'fraicheur.csv' }}
          head="Âge de la vérification juridique"
          series={['Clauses']}
          groups={queue.freshness.map((one) => ({
            label: one.months === 0 ? 'Ce mois' : `${one.months} mois`,
            values: [one.clauses],
          }))}
        />
      </Section>
    </>
  );
}

function Proposals({ wanted }: { wanted: (row: EditRow) => boolean }) {
  const query = useInfiniteQuery(proposalsQuery(['review']));
  return <Drawn query={query} empty="Rien n’attend ici" wanted={wanted} />;
}

function Drafts() {
  const query = useInfiniteQuery(proposalsQuery(['draft']));
  return <Drawn query={query} empty="Aucun brouillon en cours" />;
}

function Finished() {
  const query = useInfiniteQuery(proposalsQuery(['published', 'refused', 'abandoned']));
  return <Drawn query={query} empty="Aucune proposition terminée" />;
}

function Drawn(props: { query: Pages<EditRow>; empty: string; wanted?: (row: EditRow) => boolean }) {
  return (
    <PagedCards
      {...props}
      keyOf={(row) => row.id}
      card={drawRow}
      action="Afficher plus de propositions"
      said={['proposition affichée', 'propositions affichées']}
    />
  );
}

const drawRow = (row: EditRow) => (
  <Card>
    <h3>
      <Link to="/edition/propositions/$id" params={{ id: String(row.id) }}>
        {row.clause} : {row.title}
      </Link>
    </h3>
    <Facts>
      <Badge tone={row.ready ? 'success' : 'neutral'}>
        {row.ready ? 'Prête à publier' : STATUSES[row.status]}
      </Badge>
      <span>{row.new ? 'Clause nouvelle' : KINDS.find((kind) => kind.value === row.kind)?.label}</span>
      <span>Par {row.author}</span>
      <span>{age(row.age_days)}</span>
    </Facts>
    {row.reason && <p>{row.reason}</p>}
  </Card>
);

function Watched({ why }: { why: 'overdue' | 'law' }) {
  const query = useInfiniteQuery(watchQuery(why));
  const empty = why === 'overdue' ? 'Aucune relecture en retard' : 'Aucune clause n’est rattrapée par la loi';
  return (
    <PagedCards
      query={query}
      empty={empty}
      action="Afficher plus de clauses"
      said={['clause affichée', 'clauses affichées']}
      keyOf={(item) => `${item.clause}-${item.why}-${item.since}`}
      card={(item) => (
        <Card>
          <h3>
            <Link to="/clauses/$id" params={{ id: item.clause }}>
              {item.clause} : {item.title}
            </Link>
          </h3>
          <Facts>
            <Badge tone="warning">{WATCHED[item.why]}</Badge>
            {item.age_days > 0 && <span>{age(item.age_days)}</span>}
          </Facts>
          <p>{item.detail}</p>
        </Card>
      )}
    />
  );
}
