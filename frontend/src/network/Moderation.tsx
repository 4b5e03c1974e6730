import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { longDate } from '../frame/french';
import { Card, Facts } from '../ui/Card';
import { Page } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { Moderate, type Moderated } from './Moderate';
import { Paragraphs } from './Question';
import { REPORTS, spacesQuery, waitingQuery } from './talkApi';

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

function Waiting() {
  const spaces = useQuery(spacesQuery);
  const moderates = Boolean(spaces.data?.moderates.length);
  const query = useQuery({ ...waitingQuery, enabled: moderates });
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Communauté', link: { to: '/communaute' } }]}
      lead="Les messages qui attendent une relecture, et ceux que des lecteurs ont signalés."
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
                <span>{one.state === 'pending' ? 'En attente' : 'Visible'}</span>
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
              <Moderate
                kind={KINDS[one.kind].kind}
                id={one.id}
                state={one.state === 'pending' || one.state === 'hidden' ? one.state : 'reported'}
                about={one.title}
              />
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
