import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { required, useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { count, longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Card, Details, Facts } from '../ui/Card';
import { TextArea } from '../ui/Field';
import { Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { SignInFirst } from './AskForm';
import { Standing } from './Contest';
import { Moderate, Report } from './Moderate';
import {
  type Answer,
  type Question as Whole,
  questionQuery,
  spacesQuery,
  useRefreshNetwork,
} from './talkApi';

const CRUMBS = [{ label: 'Communauté', link: { to: '/communaute' as const } }];

export function Question() {
  const { id } = useParams({ from: '/communaute/questions/$id' });
  const query = useQuery(questionQuery(Number(id) || 0));
  if (query.data) return <Thread question={query.data} />;
  return (
    <Page title="Question" crumbs={CRUMBS} narrow>
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
    </Page>
  );
}

/** Plain text: its line breaks are kept, nothing in it is markup. */
export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n\s*\n/).map((part, index) => (
        // The position is the only identity of a paragraph.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={index} className="measure">
          {part}
        </p>
      ))}
    </>
  );
}

function Thread({ question }: { question: Whole }) {
  return (
    <Page title={question.title} crumbs={CRUMBS} narrow>
      <Facts>
        <span>{question.author}</span>
        {question.organisation && <span>{question.organisation}</span>}
        <span>Le {longDate(question.at)}</span>
        {question.clause_id && (
          <Link to="/clauses/$id" params={{ id: question.clause_id }} search={{ onglet: 'retours' }}>
            Clause {question.clause_id}
          </Link>
        )}
        {question.solved && <Badge tone="success">Résolue</Badge>}
      </Facts>
      <Standing kind="questions" id={question.id} about="la question" told={question} />
      <Paragraphs text={question.text} />
      {question.may.includes('follow') && (
        <div className="row">
          <Follow question={question} />
        </div>
      )}
      {question.may.includes('report') && <Report kind="questions" id={question.id} about="la question" />}
      {question.may.includes('moderate') && (
        <Details summary="Modérer la question">
          <Moderate kind="questions" id={question.id} state={question.state} about="la question" />
        </Details>
      )}
      <Section
        title={
          question.items.length ? count(question.items.length, 'réponse') : 'Aucune réponse pour l’instant'
        }
      >
        <ul className="plain stack">
          {question.items.map((answer) => (
            <li key={answer.id}>
              <Reply question={question} answer={answer} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Répondre">
        <AnswerForm id={question.id} space={question.space} />
      </Section>
    </Page>
  );
}

function Follow({ question }: { question: Whole }) {
  const refresh = useRefreshNetwork();
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/network/questions/{ident}/follow', {
          params: { path: { ident: question.id } },
          body: { follow: !question.followed },
        }),
      ),
    refresh,
  );
  return (
    <>
      {form.failure && <Failure error={form.failure} />}
      <Button small busy={form.busy} pressed={question.followed} onClick={() => form.submit()}>
        {question.followed ? 'Ne plus suivre' : 'Suivre par courriel'}
      </Button>
    </>
  );
}

function Reply({ question, answer }: { question: Whole; answer: Answer }) {
  const refresh = useRefreshNetwork();
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/network/questions/{ident}/accepted', {
          params: { path: { ident: question.id }, header: { 'If-Match': `"${question.version}"` } },
          body: { answer_id: answer.accepted ? null : answer.id },
        }),
      ),
    refresh,
  );
  const about = `la réponse de ${answer.author}`;
  return (
    <Card chosen={answer.accepted}>
      <Facts>
        <span>{answer.author}</span>
        {answer.organisation && <span>{answer.organisation}</span>}
        <span>Le {longDate(answer.at)}</span>
        {answer.accepted && <Badge tone="success">Réponse retenue</Badge>}
      </Facts>
      <Standing kind="answers" id={answer.id} about={about} told={answer} />
      <Paragraphs text={answer.text} />
      {form.failure && <Failure error={form.failure} />}
      {answer.may.includes('accept') && (
        <div className="row">
          <Button small busy={form.busy} about={about} onClick={() => form.submit()}>
            {answer.accepted ? 'Ne plus retenir' : 'Cette réponse m’a aidé'}
          </Button>
        </div>
      )}
      {answer.may.includes('report') && <Report kind="answers" id={answer.id} about={about} />}
      {answer.may.includes('moderate') && (
        <Details summary={`Modérer ${about}`}>
          <Moderate kind="answers" id={answer.id} state={answer.state} about={about} />
        </Details>
      )}
    </Card>
  );
}

function AnswerForm({ id, space }: { id: number; space: string }) {
  const session = useSession();
  const spaces = useQuery(spacesQuery);
  const closed = spaces.data?.items.some((one) => one.code === space && !one.open);
  const refresh = useRefreshNetwork();
  const [text, setText] = useState('');
  const [key, setKey] = useState(newKey);
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/questions/{ident}/answers', {
          params: { path: { ident: id }, header: { 'Idempotency-Key': key } },
          body: { text },
        }),
      ),
    () => {
      setText('');
      setKey(newKey());
      refresh();
    },
  );
  if (!session) return null;
  if (closed)
    return <p className="soft">Cet espace est fermé : ses échanges se lisent, on n’y écrit plus.</p>;
  if (!session.person) return <SignInFirst to="pour répondre." />;
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() => form.submit(required({ text }, { text: 'Écrivez votre réponse' }))}
    >
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <TextArea
        name="text"
        label="Votre réponse"
        rows={5}
        value={text}
        onChange={(value) => {
          setText(value);
          setKey(newKey());
        }}
        error={form.errors['text']}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        Publier la réponse
      </Button>
    </Form>
  );
}
