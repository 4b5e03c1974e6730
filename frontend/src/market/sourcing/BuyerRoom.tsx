import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { api, unwrap } from '../../api/client';
import { longDate, moment } from '../../frame/french';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { Box, Details, Summary } from '../../ui/Card';
import { TextArea } from '../../ui/Field';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import { Empty, Failure, Said } from '../../ui/State';
import { type Asked, journalQuery, noticeQuery, type Sourcing, sourcingQuery, type Synthesis } from './api';
import { Apply } from './Apply';
import { Correct, Withdraw } from './Change';
import { Draw } from './Draw';
import { Outcome } from './Outcome';
import { QuestionList, Result } from './PublicRoom';
import { BLOCKERS, closing, COSTS, FEASIBILITY, labelOf, STAGES } from './words';

function useKeep(ident: number) {
  const queries = useQueryClient();
  return (row: Sourcing) => {
    queries.setQueryData(sourcingQuery(ident).queryKey, row);
    void queries.invalidateQueries({ queryKey: ['sourcing', ident, 'journal'] });
  };
}

export function BuyerRoom({ sourcing }: { sourcing: Sourcing }) {
  const keep = useKeep(sourcing.id);
  return (
    <div className="stack loose">
      <Summary
        rows={[
          { term: 'État', value: STAGES[sourcing.stage] ?? sourcing.stage },
          { term: 'Clôture', value: closing(sourcing.closes_at) },
          {
            term: 'Consultation prévue',
            value: sourcing.launch_date ? longDate(sourcing.launch_date) : 'sans date',
          },
          { term: 'Entreprises prévenues', value: String(sourcing.told) },
          {
            term: 'Réponses',
            value: sourcing.answers === null ? 'scellées, non comptées' : String(sourcing.answers),
          },
        ]}
      />
      {sourcing.may.includes('read_answers') && <Answers sourcing={sourcing} />}
      {sourcing.stage === 'open' && (
        <Notice title="Réponses scellées">
          <p>
            Personne ne les lit avant la clôture. Répondez aux questions ci-dessous : tous lisent la même
            réponse.
          </p>
        </Notice>
      )}
      <Section title="Questions des entreprises" intro="Votre réponse est publiée à tous au même instant.">
        {!sourcing.asked.length && <Empty title="Aucune question pour l’instant" />}
        {sourcing.asked.map((one) => (
          <Reply key={one.id} sourcing={sourcing} asked={one} />
        ))}
      </Section>
      {sourcing.may.includes('correct') && <Correct sourcing={sourcing} keep={keep} />}
      {sourcing.may.includes('withdraw') && <Withdraw sourcing={sourcing} keep={keep} />}
      {sourcing.has_result && <PublishedResult ident={sourcing.id} />}
      {sourcing.may.includes('conclude') && <Outcome sourcing={sourcing} keep={keep} />}
      <Details summary="Le besoin et les questions, tels que publiés">
        <p className="measure">{sourcing.need}</p>
        <QuestionList questions={sourcing.questions} />
      </Details>
      <Section title="Le tirage" intro="Tel que tout le monde le lit, sans aucun nom.">
        <Draw ident={sourcing.id} />
      </Section>
      <Journal ident={sourcing.id} />
    </div>
  );
}

function PublishedResult({ ident }: { ident: number }) {
  const query = useQuery(noticeQuery(ident));
  return query.data ? <Result sourcing={query.data} /> : null;
}

function Reply({ sourcing, asked }: { sourcing: Sourcing; asked: Asked }) {
  const ident = sourcing.id;
  const [answer, setAnswer] = useState(asked.answer);
  const keep = useKeep(ident);
  const send = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/sourcings/{ident}/questions/{question}', {
          params: { path: { ident, question: asked.id } },
          body: { answer },
        }),
      ),
    keep,
  );
  return (
    <Box label={asked.by}>
      <p>
        <strong>{asked.by}</strong>, {moment(asked.asked_at)} : {asked.text}
      </p>
      {!sourcing.may.includes('answer_questions') && <p>{asked.answer || 'Sans réponse.'}</p>}
      {sourcing.may.includes('answer_questions') && (
        <>
          {send.failure && <Failure error={send.failure} />}
          <TextArea
            name={`reponse-${asked.id}`}
            label="Votre réponse"
            value={answer}
            error={send.errors['answer']}
            onChange={setAnswer}
          />
          <Button className="start" busy={send.busy} about={asked.by} onClick={() => send.submit()}>
            Publier la réponse à tous
          </Button>
          {asked.answer && asked.answer === answer && <Said>Réponse publiée à tous.</Said>}
        </>
      )}
    </Box>
  );
}

function Answers({ sourcing }: { sourcing: Sourcing }) {
  const ident = sourcing.id;
  const read = useMutation({
    mutationFn: () =>
      unwrap(api.POST('/api/v1/sourcings/{ident}/synthesis', { params: { path: { ident } } })),
  });
  return (
    <Section
      title="Les réponses"
      intro="Chaque lecture est une ligne du journal. Elles restent confidentielles, pour toujours."
    >
      {read.isError && <Failure error={read.error} />}
      {!read.data && (
        <Button look="primary" className="start" busy={read.isPending} onClick={() => read.mutate()}>
          Ouvrir les réponses
        </Button>
      )}
      {read.data && !read.data.rows.length && (
        <Empty title="Aucune réponse">
          <p>Élargissez le territoire, abaissez un niveau ou allongez le délai, puis relancez un sourçage.</p>
        </Empty>
      )}
      {read.data && read.data.rows.length > 0 && <Matrix synthesis={read.data} />}
      {read.data && sourcing.may.includes('apply') && <Apply sourcing={sourcing} synthesis={read.data} />}
      {read.data && sourcing.may.includes('publish_result') && <Publish ident={ident} />}
    </Section>
  );
}

function Matrix({ synthesis }: { synthesis: Synthesis }) {
  return (
    <Table
      caption="Réponses par question et par entreprise"
      head={['Question', ...synthesis.rows.map((row) => row.name)]}
      rows={synthesis.questions.map((question) => [
        question.text,
        ...synthesis.rows.map((row) => {
          const item = row.items[question.id];
          if (!item) return 'Sans réponse';
          const parts = [
            labelOf(FEASIBILITY, item.feasibility),
            item.level ? `niveau ${item.level}` : '',
            item.months ? `dans ${item.months} mois` : '',
            item.cost ? labelOf(COSTS, item.cost) : '',
            item.blocker && item.blocker !== 'nothing' ? `bloque : ${labelOf(BLOCKERS, item.blocker)}` : '',
            item.text ?? '',
          ];
          return parts.filter(Boolean).join(' ; ');
        }),
      ])}
    />
  );
}

function Publish({ ident }: { ident: number }) {
  const [note, setNote] = useState('');
  const keep = useKeep(ident);
  const send = useSubmit(
    () =>
      unwrap(api.POST('/api/v1/sourcings/{ident}/result', { params: { path: { ident } }, body: { note } })),
    keep,
  );
  return (
    <Section
      title="Publier le résultat"
      level={3}
      intro="La même synthèse pour toutes les entreprises, sans aucun nom."
    >
      {send.failure && <Failure error={send.failure} />}
      <TextArea name="note" label="Ce que vous en retenez" optional value={note} onChange={setNote} />
      <Button className="start" busy={send.busy} onClick={() => send.submit()}>
        Publier la synthèse et prévenir les entreprises
      </Button>
    </Section>
  );
}

function Journal({ ident }: { ident: number }) {
  const query = useQuery(journalQuery(ident));
  return (
    <Section
      title="Journal"
      intro="Chaque ligne porte l’empreinte de la précédente : rien ne se change après coup."
    >
      {query.isError && <Failure error={query.error} />}
      {query.data && (
        <>
          <p>
            {query.data.whole ? 'La chaîne est intacte.' : 'La chaîne est rompue : prévenez l’exploitant.'}
          </p>
          <p>
            <a href={`/api/v1/sourcings/${ident}/trace.docx`}>Rapport de traçabilité (DOCX)</a> ·{' '}
            <a href={`/api/v1/sourcings/${ident}/trace.csv`}>Annexe du journal (CSV)</a>
          </p>
          <Table
            caption="Qui a fait quoi, et quand"
            head={['Quand', 'Qui', 'Quoi']}
            rows={query.data.items.map((one) => [moment(one.at), one.who, one.label])}
          />
        </>
      )}
    </Section>
  );
}
