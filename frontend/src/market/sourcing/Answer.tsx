import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from '../../accounts/Gate';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Box } from '../../ui/Card';
import { RadioGroup } from '../../ui/Choice';
import { NumberField, Select, TextArea } from '../../ui/Field';
import { Actions, Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Failure, Skeleton } from '../../ui/State';
import {
  type AnswerItem,
  answerQuery,
  noticeQuery,
  type OwnAnswer,
  type PublicSourcing,
  type Question,
} from './api';
import { BLOCKERS, closing, COSTS, FEASIBILITY, LEVELS, REFUSALS } from './words';

const EMPTY: AnswerItem = { feasibility: null, level: null, months: 0, cost: null, blocker: null, text: '' };

export function Answer() {
  const { id } = useParams({ strict: false });
  const ident = Number(id) || 0;
  return (
    <Gate
      need="reader"
      side="firm"
      title="Répondre à un sourçage"
      why="Votre réponse est celle de votre entreprise."
    >
      {() => <Loaded ident={ident} />}
    </Gate>
  );
}

function Loaded({ ident }: { ident: number }) {
  const sourcing = useQuery(noticeQuery(ident));
  const own = useQuery(answerQuery(ident));
  const error = sourcing.error ?? own.error;
  return (
    <Page
      title={sourcing.data ? `Répondre : ${sourcing.data.title}` : 'Répondre à un sourçage'}
      narrow
      crumbs={[
        { label: 'Sourçages', link: { to: '/sourcages' } },
        { label: 'Le besoin', link: { to: '/sourcages/$id', params: { id: String(ident) } } },
      ]}
    >
      {error && <Failure error={error} />}
      {!error && !(sourcing.data && own.data) && <Skeleton blocks={2} />}
      {sourcing.data && own.data && <Room key={own.data.version} sourcing={sourcing.data} own={own.data} />}
    </Page>
  );
}

function Room({ sourcing, own }: { sourcing: PublicSourcing; own: OwnAnswer }) {
  const [items, setItems] = useState<Record<string, AnswerItem>>(own.items);
  const queries = useQueryClient();
  const ident = sourcing.id;
  const writes = own.may.includes('answer');
  const done = () => void queries.invalidateQueries({ queryKey: ['sourcing', ident] });
  const send = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/published-sourcings/{ident}/answer', {
          params: { path: { ident }, header: own.version ? { 'If-Match': `"${own.version}"` } : {} },
          body: { items },
        }),
      ),
    done,
  );
  const set = (name: string, change: Partial<AnswerItem>) =>
    setItems({ ...items, [name]: { ...EMPTY, ...items[name], ...change } });
  return (
    <div className="stack loose">
      <Notice
        tone={own.updated_at ? 'success' : 'info'}
        title={own.updated_at ? 'Votre réponse est enregistrée' : 'Réponse scellée'}
      >
        {own.updated_at && <p>Dernière modification : {moment(own.updated_at)}.</p>}
        <p>
          Clôture : {closing(sourcing.closes_at)}. Jusque-là vous pouvez la changer ; ensuite, seul l’acheteur
          ({sourcing.buyer}) la lit. Aucune autre entreprise ne saura que vous avez répondu.
        </p>
        {!writes && <p>La réponse ne peut plus être modifiée.</p>}
      </Notice>
      <Form onSubmit={() => send.submit()} errors={send.errors} attempt={send.attempt}>
        {send.failure && (
          <Failure error={send.failure} kept="Ce que vous avez saisi est toujours à l’écran." />
        )}
        {sourcing.questions.map((one) => (
          <OneQuestion
            key={one.id}
            question={one}
            item={items[one.id] ?? EMPTY}
            error={send.errors[`items/${one.id}`]}
            set={(change) => set(one.id, change)}
          />
        ))}
        {writes && (
          <Actions>
            <Button type="submit" look="primary" busy={send.busy}>
              {own.version ? 'Enregistrer ma réponse' : 'Déposer ma réponse'}
            </Button>
          </Actions>
        )}
      </Form>
      {own.may.includes('refuse') && <Refuse ident={ident} current={own.refusal} done={done} />}
    </div>
  );
}

function OneQuestion({
  question,
  item,
  error,
  set,
}: {
  question: Question;
  item: AnswerItem;
  error: string | undefined;
  set: (change: Partial<AnswerItem>) => void;
}) {
  const name = `items/${question.id}`;
  const words = (
    <TextArea
      name={question.clause_id ? `${name}/texte` : name}
      label={question.clause_id ? 'Précisions ou conditions' : question.text}
      optional
      value={item.text ?? ''}
      onChange={(text) => set({ text })}
    />
  );
  if (!question.clause_id) return <Box>{words}</Box>;
  return (
    <Box label={question.text}>
      <p>
        <strong>{question.text}</strong> (
        <a href={`/clauses/${question.clause_id}`}>lire {question.clause_id}</a>)
      </p>
      <RadioGroup
        name={name}
        label={`Pouvez-vous répondre au niveau ${question.level || 1} ?`}
        look="inline"
        error={error}
        value={item.feasibility ?? ''}
        onChange={(value) => set({ feasibility: value as AnswerItem['feasibility'] })}
        options={FEASIBILITY}
      />
      <Select
        name={`${name}/niveau`}
        label="Niveau que vous atteignez"
        value={item.level ? String(item.level) : ''}
        onChange={(value) => set({ level: value ? Number(value) : null })}
        options={LEVELS}
      />
      <NumberField
        name={`${name}/mois`}
        label="À partir de quand"
        unit="mois"
        hint="0 : dès maintenant."
        value={String(item.months ?? 0)}
        onChange={(value) => set({ months: Math.min(120, Number(value.replace(/\D/g, '')) || 0) })}
      />
      <Select
        name={`${name}/cout`}
        label="Effet sur le prix"
        value={item.cost ?? ''}
        onChange={(value) => set({ cost: (value || null) as AnswerItem['cost'] })}
        options={COSTS}
      />
      <Select
        name={`${name}/blocage`}
        label="Ce qui bloque"
        value={item.blocker ?? ''}
        onChange={(value) => set({ blocker: (value || null) as AnswerItem['blocker'] })}
        options={BLOCKERS}
      />
      {words}
    </Box>
  );
}

function Refuse({
  ident,
  current,
  done,
}: {
  ident: number;
  current: OwnAnswer['refusal'];
  done: () => void;
}) {
  const [code, setCode] = useState<string>(current ?? 'no_capacity');
  const refuse = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/published-sourcings/{ident}/refusal', {
          params: { path: { ident } },
          body: { code: code as NonNullable<OwnAnswer['refusal']> },
        }),
      ),
    done,
  );
  return (
    <Section
      title="Ne pas répondre"
      intro="Votre raison, comptée avec celles des autres, aide l’acheteur à corriger son besoin."
    >
      {refuse.failure && <Failure error={refuse.failure} />}
      <Select name="refus" label="Raison" value={code} onChange={setCode} options={REFUSALS} />
      <Button className="start" busy={refuse.busy} onClick={() => refuse.submit()}>
        {current ? 'Changer la raison' : 'Dire que nous ne répondrons pas'}
      </Button>
    </Section>
  );
}
