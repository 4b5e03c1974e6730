import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { longDate, moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Card, Facts } from '../ui/Card';
import { Badge, Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { Moderate, type Moderated } from './Moderate';
import { Paragraphs } from './Question';
import { journalQuery, REPORTS, spacesQuery, waitingQuery } from './talkApi';

const TITLE = 'Messages à modérer';

export function Moderation() {
  return (
    <Gate need="signed" title={TITLE} why="Cette page est celle des modérateurs.">
      {() => <Waiting />}
    </Gate>
  );
}

const KINDS: Record<'question' | 'answer' | 'experience', { label: string; kind: Moderated }> = {
  question: { label: 'Question', kind: 'questions' },
  answer: { label: 'Réponse', kind: 'answers' },
  experience: { label: 'Retour d’expérience', kind: 'experiences' },
};

const worded = (report: string) => {
  const [code, ...note] = report.split(': ');
  const label = REPORTS.find((one) => one.value === code)?.label ?? code;
  return note.length ? `${label} : ${note.join(': ')}` : String(label);
};

const PLACES = { pending: 'En attente', visible: 'Visible', hidden: 'Masqué' } as const;

function Waiting() {
  const spaces = useQuery(spacesQuery);
  const moderates = Boolean(spaces.data?.moderates.length);
  const titles = new Map(spaces.data?.items.map((one) => [one.code, one.title]));
  const query = useQuery({ ...waitingQuery, enabled: moderates });
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Communauté', link: { to: '/communaute' } }]}
      lead="Les messages qui attendent une relecture, et ceux que des lecteurs ont signalés ou que leurs auteurs contestent."
    >
      {spaces.isError && <Failure error={spaces.error} retry={() => void spaces.refetch()} />}
      {spaces.data && !moderates && (
        <Empty title="Cette page est celle des modérateurs">
          <p>
            Pour signaler un message, ouvrez sa question dans la <Link to="/communaute">communauté</Link> et
            choisissez « Signaler ».
          </p>
        </Empty>
      )}
      {(spaces.isPending || (moderates && query.isPending)) && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && <Empty title="Rien à examiner" />}
      <ul className="plain stack">
        {query.data?.items.map((one) => (
          <li key={`${one.kind}-${one.id}`}>
            <Card>
              <h2>
                {one.clause_id ? (
                  <Link to="/clauses/$id" params={{ id: one.clause_id }} search={{ onglet: 'retours' }}>
                    {one.title}
                  </Link>
                ) : (
                  <Link to="/communaute/questions/$id" params={{ id: String(one.question_id) }}>
                    {one.title}
                  </Link>
                )}
              </h2>
              <Facts>
                <span>{KINDS[one.kind].label}</span>
                <span>{one.author}</span>
                <span>Le {longDate(one.at)}</span>
                <span>{PLACES[one.state]}</span>
                {one.space && <span>{titles.get(one.space)}</span>}
              </Facts>
              <Paragraphs text={one.text} />
              {one.reports.length > 0 && (
                <ul className="bullets">
                  {one.reports.map((report, index) => (
                    // Two readers may say the same thing.
                    // oxlint-disable-next-line react/no-array-index-key
                    <li key={index}>Signalé : {worded(report)}</li>
                  ))}
                </ul>
              )}
              {one.reason && <p>Masqué pour cette raison : {one.reason}</p>}
              {one.appeal && (
                <Notice tone="info" title="L’auteur conteste">
                  <Paragraphs text={one.appeal} />
                  {!one.may.includes('hide') && (
                    <p>Vous avez masqué ce message : un autre modérateur peut maintenir le masquage.</p>
                  )}
                </Notice>
              )}
              <Moderate
                kind={KINDS[one.kind].kind}
                id={one.id}
                state={one.state === 'pending' || one.state === 'hidden' ? one.state : 'reported'}
                about={one.title}
                contested={Boolean(one.appeal) && one.may.includes('hide')}
              />
            </Card>
          </li>
        ))}
      </ul>
      {moderates && <Journal titles={titles} />}
    </Page>
  );
}

const ACTS = { hidden: 'Masqué', shown: 'Montré', kept: 'Laissé en l’état' } as const;

function Journal({ titles }: { titles: Map<string, string> }) {
  const query = useInfiniteQuery(journalQuery);
  return (
    <Section
      title="Journal"
      intro="Chaque décision, avec sa raison et son auteur. Rien n’en est effacé ; vous voyez celles de vos espaces."
    >
      <PagedRows
        query={query}
        label="Décisions"
        empty="Aucune décision pour l’instant"
        said={['décision affichée', 'décisions affichées']}
        about="du journal"
        row={(one) => (
          <Row
            key={one.id}
            title={one.title}
            facts={[
              `${KINDS[one.kind].label}, ${moment(one.at)}, par ${one.by}.`,
              one.space && `${titles.get(one.space) ?? one.space}.`,
              one.reason && `Raison : ${one.reason}`,
            ]
              .filter(Boolean)
              .join(' ')}
            actions={<Badge tone={one.act === 'shown' ? 'success' : 'neutral'}>{ACTS[one.act]}</Badge>}
          />
        )}
      />
    </Section>
  );
}
