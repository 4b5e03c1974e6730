import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import { api, newKey, unwrap } from '../../api/client';
import { answersFinding } from '../../frame/findings';
import { count as counted, longDate, moment } from '../../frame/french';
import { Bars } from '../../ui/Bars';
import { Button, ButtonLink } from '../../ui/Button';
import { Box, Summary } from '../../ui/Card';
import { TextArea } from '../../ui/Field';
import { Actions, Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { Section } from '../../ui/Page';
import { Empty, Failure } from '../../ui/State';
import { Follow } from '../Follow';
import type { Asked, PublicSourcing, Question } from './api';
import { Draw } from './Draw';
import { closing, labelOf, REFUSALS, STAGES } from './words';

interface Visit {
  sourcing: PublicSourcing;
  firm: boolean;
  signedIn: boolean;
}

export function PublicRoom({ sourcing, firm, signedIn }: Visit) {
  const may = sourcing.may;
  return (
    <div className="stack loose">
      {sourcing.stage === 'silent' && (
        <Notice tone="warning" title="La consultation est lancée">
          <p>La salle se lit, plus personne n’y écrit : les échanges passent par le profil d’acheteur.</p>
        </Notice>
      )}
      <Summary
        rows={[
          { term: 'Acheteur', value: sourcing.buyer },
          { term: 'État', value: STAGES[sourcing.stage] ?? sourcing.stage },
          { term: 'Clôture', value: closing(sourcing.closes_at) },
          ...(sourcing.launch_date
            ? [{ term: 'Consultation prévue', value: longDate(sourcing.launch_date) }]
            : []),
          {
            term: 'Qui lira votre réponse',
            value: `${sourcing.buyer}, et personne d’autre. Avant la clôture, personne ne la lit.`,
          },
        ]}
      />
      <Section title="Le besoin">
        <p className="measure">{sourcing.need}</p>
      </Section>
      <QuestionList questions={sourcing.questions} />
      {(may.includes('answer') || firm) && (
        <div className="row">
          <ButtonLink look="primary" to="/sourcages/$id/repondre" params={{ id: String(sourcing.id) }}>
            {may.includes('answer') ? 'Répondre' : 'Voir ma réponse'}
          </ButtonLink>
        </div>
      )}
      {!firm && sourcing.stage === 'open' && (
        <div className="row">
          {signedIn ? (
            <p className="soft">
              Seule une entreprise peut répondre : changez d’organisation dans votre compte.
            </p>
          ) : (
            <ButtonLink look="primary" to="/connexion" search={{ retour: `/sourcages/${sourcing.id}` }}>
              Se connecter pour répondre
            </ButtonLink>
          )}
        </div>
      )}
      <QuestionsAnswers asked={sourcing.asked} />
      {may.includes('ask') && <Ask ident={sourcing.id} />}
      {sourcing.result && <Result sourcing={sourcing} />}
      {sourcing.outcome && <WhatBecame outcome={sourcing.outcome} />}
      {sourcing.stage !== 'withdrawn' && (
        <Follow
          subject="sourcing"
          name={`Sourçage : ${sourcing.title}`}
          query={`sourcing=${sourcing.id}`}
          action="Suivre ce sourçage"
        />
      )}
      <Section title="Versions et tirage">
        <ul className="bullets">
          {sourcing.versions.map((one) => (
            <li key={one.number}>
              Version {one.number}, {moment(one.at)}
              {one.reason && ` : ${one.reason}`}
            </li>
          ))}
        </ul>
        <p>
          {sourcing.capped
            ? `Envoi plafonné : ${sourcing.cap_reason} Les entreprises prévenues sont tirées au sort.`
            : 'Toutes les entreprises correspondantes de l’annuaire ont été prévenues au même instant.'}
        </p>
        <Draw ident={sourcing.id} />
      </Section>
    </div>
  );
}

export function QuestionList({ questions }: { questions: Question[] }) {
  return (
    <Section title="Les questions posées">
      <ol>
        {questions.map((one) => (
          <li key={one.id}>
            {one.text}
            {one.clause_id && (
              <>
                {' '}
                (<a href={`/clauses/${one.clause_id}`}>{one.clause_id}</a>, niveau {one.level})
              </>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function QuestionsAnswers({ asked }: { asked: Asked[] }) {
  return (
    <Section
      title="Questions des entreprises et réponses"
      intro="Publiées à tous, sans le nom de qui les pose."
    >
      {!asked.length && <Empty title="Aucune question pour l’instant" />}
      {asked.map((one) => (
        <Box key={one.id}>
          <p>
            <strong>{one.by}</strong>, {moment(one.asked_at)} : {one.text}
          </p>
          <p>{one.answer ? `Réponse de l’acheteur : ${one.answer}` : 'L’acheteur n’a pas encore répondu.'}</p>
        </Box>
      ))}
    </Section>
  );
}

function Ask({ ident }: { ident: number }) {
  const [text, setText] = useState('');
  const [key, setKey] = useState(newKey);
  const queries = useQueryClient();
  const ask = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/published-sourcings/{ident}/questions', {
          params: { path: { ident }, header: { 'Idempotency-Key': key } },
          body: { text },
        }),
      ),
    () => {
      setText('');
      setKey(newKey());
      void queries.invalidateQueries({ queryKey: ['sourcing', ident] });
    },
  );
  return (
    <Form onSubmit={() => ask.submit()} errors={ask.errors} attempt={ask.attempt}>
      {ask.failure && <Failure error={ask.failure} />}
      <TextArea
        name="text"
        label="Poser une question"
        hint="Elle est publiée à tous. Votre nom, vos coordonnées et votre SIRET sont masqués."
        value={text}
        onChange={setText}
        error={ask.errors['text']}
      />
      <Actions>
        <Button type="submit" busy={ask.busy}>
          Publier ma question
        </Button>
      </Actions>
    </Form>
  );
}

/** The loop closed: firms told of the sourcing learn what became of it. */
function WhatBecame({ outcome }: { outcome: NonNullable<PublicSourcing['outcome']> }) {
  return (
    <Section title="La suite donnée">
      <p>
        {outcome.unsuccessful ? 'La consultation est sans suite ou infructueuse. ' : ''}
        {counted(outcome.offers, 'offre reçue', 'offres reçues')}.
        {outcome.blocking_clause && ` Clause citée comme cause : ${outcome.blocking_clause}.`}
      </p>
      {outcome.kept.length > 0 && (
        <>
          <p>Clauses gardées dans le marché :</p>
          <ul className="bullets">
            {outcome.kept.map((one) => (
              <li key={one.clause_id}>
                <a href={`/clauses/${one.clause_id}`}>{one.clause_id}</a> {one.title}, niveau {one.level}
              </li>
            ))}
          </ul>
        </>
      )}
      {outcome.contract && <p>Données essentielles du marché : {outcome.contract}</p>}
    </Section>
  );
}

export function Result({ sourcing }: { sourcing: Pick<PublicSourcing, 'result'> }) {
  const result = sourcing.result;
  if (!result) return null;
  return (
    <Section title="Le résultat, sans aucun nom">
      {result.answers === null && (
        <p>Moins de {result.fewest} entreprises ont répondu : aucun chiffre n’est publié.</p>
      )}
      {result.answers !== null && <p>{result.answers} entreprises ont répondu.</p>}
      {result.note && <p className="measure">{result.note}</p>}
      {result.questions
        .filter((one) => one.distributions.length > 0)
        .map((one) => (
          <div key={one.question} className="stack tight">
            <h3>{one.text}</h3>
            {one.distributions.map((part) => (
              <Bars
                key={part.label}
                title={answersFinding(
                  part.label,
                  part.counts.map(([label, value]) => ({ label: String(label), value: Number(value) })),
                )}
                csv={{ name: 'reponses.csv' }}
                head="Réponse"
                series={['Entreprises']}
                groups={part.counts.map(([label, count]) => ({
                  label: String(label),
                  values: [Number(count)],
                }))}
              />
            ))}
          </div>
        ))}
      {Object.keys(result.refusals).length > 0 && (
        <ul className="bullets">
          {Object.entries(result.refusals).map(([code, count]) => (
            <li key={code}>
              {labelOf(REFUSALS, code)} : {count}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
