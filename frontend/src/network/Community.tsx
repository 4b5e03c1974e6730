import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { count, longDate } from '../frame/french';
import { PagedRows, type Pages } from '../frame/Paged';
import { Button, ButtonLink } from '../ui/Button';
import { Contents } from '../ui/Contents';
import { Select, TextField } from '../ui/Field';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Empty, Failure } from '../ui/State';
import { AskForm } from './AskForm';
import { type QuestionLine, questionsQuery, spacesQuery } from './talkApi';

const route = getRouteApi('/communaute');

/** The spaces, and the questions asked in them. */
export function Community() {
  const { espace, clause } = route.useSearch();
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const navigate = useNavigate();
  const spaces = useQuery(spacesQuery);
  const title = spaces.data?.items.find((one) => one.code === espace);
  const options = [
    { value: '', label: 'Tous les espaces' },
    ...(spaces.data?.items ?? []).map((one) => ({
      value: one.code,
      label: `${one.title} (${one.questions})${one.open ? '' : ', fermé'}`,
    })),
  ];
  return (
    <Page
      title="Communauté"
      lead="Des espaces pour poser vos questions et partager ce qui a marché. La lecture est libre ; écrire demande un compte."
    >
      {spaces.isError && <Failure error={spaces.error} retry={() => void spaces.refetch()} />}
      <Contents label="Autour des échanges" row>
        <ButtonLink to="/referents">Annuaire des référents</ButtonLink>
        {(spaces.data?.moderates.length ?? 0) > 0 && (
          <ButtonLink to="/communaute/moderation">Examiner les messages à modérer</ButtonLink>
        )}
        {spaces.data?.may.includes('manage') && (
          <ButtonLink to="/communaute/espaces">Régler les espaces</ButtonLink>
        )}
      </Contents>
      <Section title="Questions" intro={title ? <p>{title.text}</p> : undefined}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(words.trim());
          }}
        >
          <Select
            name="espace"
            label="Espace"
            value={espace ?? ''}
            options={options}
            onChange={(value) =>
              void navigate({
                to: '/communaute',
                search: { ...(value ? { espace: value } : {}), ...(clause ? { clause } : {}) },
              })
            }
          />
          <TextField name="mots" label="Mots cherchés" optional value={words} onChange={setWords} />
          <Button type="submit" className="start">
            Chercher
          </Button>
        </form>
        {clause && (
          <p>
            Sur la clause{' '}
            <Link to="/clauses/$id" params={{ id: clause }}>
              {clause}
            </Link>
            .{' '}
            <Link to="/communaute" search={espace ? { espace } : {}}>
              Voir toutes les questions
            </Link>
          </p>
        )}
        <Questions space={espace ?? ''} clause={clause ?? ''} q={asked} />
      </Section>
      <Section title="Poser une question">
        <AskForm
          space={title?.open === false ? '' : (espace ?? '')}
          clause={clause ?? ''}
          spaces={(spaces.data?.items ?? []).filter((one) => one.open)}
        />
      </Section>
    </Page>
  );
}

function Questions({ space, clause, q }: { space: string; clause: string; q: string }) {
  const query = useInfiniteQuery(
    questionsQuery({ ...(space ? { space } : {}), ...(clause ? { clause } : {}), ...(q ? { q } : {}) }),
  );
  return (
    <QuestionRows
      query={query}
      empty={
        <Empty title="Aucune question pour l’instant">
          <p>Posez la première ci-dessous, ou élargissez la recherche.</p>
        </Empty>
      }
    />
  );
}

export function QuestionRows({ query, empty }: { query: Pages<QuestionLine>; empty: ReactNode }) {
  return (
    <PagedRows
      query={query}
      label="Questions"
      empty={empty}
      action="Afficher plus de questions"
      said={['question affichée', 'questions affichées']}
      row={(one) => (
        <Row
          key={one.id}
          title={
            <Link to="/communaute/questions/$id" params={{ id: String(one.id) }}>
              {one.title}
            </Link>
          }
          facts={`${one.author}${one.organisation ? `, ${one.organisation}` : ''}, le ${longDate(one.at)}. ${count(
            one.answers,
            'réponse',
          )}.`}
          actions={
            one.solved ? (
              <Badge tone="success">Résolue</Badge>
            ) : one.state !== 'visible' ? (
              <Badge tone="warning">{one.state === 'pending' ? 'En attente' : 'Masquée'}</Badge>
            ) : undefined
          }
        />
      )}
    />
  );
}
