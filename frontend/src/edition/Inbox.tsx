import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import type { EditMessage, FeedbackStatus } from '../api/types';
import { PagedCards } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Card, Facts } from '../ui/Card';
import { Select, TextArea } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Empty, Failure } from '../ui/State';
import { messagesQuery } from './api';
import { fieldErrors } from './errors';
import { age, MESSAGES, SUBJECTS } from './words';

const WAITING: FeedbackStatus[] = ['received', 'in_progress'];
const HANDLED: FeedbackStatus[] = ['answered', 'closed'];

export function Inbox() {
  const [which, setWhich] = useState('attente');
  const query = useInfiniteQuery(messagesQuery(which === 'attente' ? WAITING : HANDLED));
  return (
    <div className="stack">
      <Select
        name="messages"
        label="Montrer"
        options={[
          { value: 'attente', label: 'Les messages en attente' },
          { value: 'traites', label: 'Les messages traités' },
        ]}
        value={which}
        onChange={setWhich}
      />
      <PagedCards
        query={query}
        empty={
          <Empty title="Aucun message ici">
            <p>Les lecteurs écrivent depuis la page d’une clause.</p>
          </Empty>
        }
        action="Afficher plus de messages"
        said={['message affiché', 'messages affichés']}
        keyOf={(item) => item.id}
        card={(item) => <Message item={item} />}
      />
    </div>
  );
}

function Message({ item }: { item: EditMessage }) {
  return (
    <Card>
      <h3>
        <Link to="/clauses/$id" params={{ id: item.clause }}>
          {item.clause} : {item.title}
        </Link>
      </h3>
      <Facts>
        <Badge>{MESSAGES[item.status]}</Badge>
        <span>{SUBJECTS[item.subject] ?? item.subject}</span>
        <span>Version {item.version}</span>
        <span>Reçu {age(item.age_days)}</span>
        {item.handled_by && <span>Suivi par {item.handled_by}</span>}
      </Facts>
      <p>{item.message}</p>
      {item.answer && <p className="soft">Réponse : {item.answer}</p>}
      <Answer item={item} />
    </Card>
  );
}

function Answer({ item }: { item: EditMessage }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState(item.answer);
  const [status, setStatus] = useState<FeedbackStatus>(item.answerable ? 'answered' : 'closed');
  const [attempt, setAttempt] = useState(0);
  const send = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT('/api/v1/edition/feedback/{ident}', {
          params: { path: { ident: item.id }, header: { 'If-Match': `"${item.revision}"` } },
          body: { status, answer },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['edition'] }),
    onError: () => setAttempt((n) => n + 1),
  });
  const name = `reponse-${item.id}`;
  const errors = fieldErrors(send.error, { answer: name });
  if (!open)
    return (
      <Button small className="start" about={`au message sur ${item.clause}`} onClick={() => setOpen(true)}>
        Répondre ou classer
      </Button>
    );
  return (
    <Form errors={errors} attempt={attempt} onSubmit={() => !send.isPending && send.mutate()}>
      {send.isError && !Object.keys(errors).length && (
        <Failure error={send.error} kept="Votre réponse reste ici." />
      )}
      <Select
        name={`etat-${item.id}`}
        label="Suite donnée"
        options={Object.entries(MESSAGES).map(([value, label]) => ({ value, label }))}
        value={status}
        onChange={(value) => setStatus(value as FeedbackStatus)}
      />
      <TextArea
        name={name}
        label="Votre réponse"
        hint={
          item.answerable
            ? 'Envoyée par courriel à son auteur.'
            : 'Son auteur n’a pas laissé d’adresse : note interne.'
        }
        optional={!item.answerable}
        value={answer}
        error={errors[name]}
        onChange={setAnswer}
      />
      <Actions>
        <Button look="primary" type="submit" busy={send.isPending}>
          Enregistrer
        </Button>
        <Button onClick={() => setOpen(false)}>Annuler</Button>
      </Actions>
    </Form>
  );
}
