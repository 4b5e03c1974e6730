import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Duty } from '../api/types';
import { count } from '../frame/french';
import { fold } from '../home/suggestions';
import { ButtonLink } from '../ui/Button';
import { Card, Details, Facts } from '../ui/Card';
import { TextField } from '../ui/Field';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../ui/State';
import { dutiesQuery } from './api';
import { Confidence } from './Confidence';
import { Period, Strength } from './DutyCard';

export function Duties() {
  const query = useQuery(dutiesQuery);
  return (
    <Page
      title="Vos obligations"
      lead="Ce que le droit demande à un acheteur public en matière d’achat durable, article par article. Pour savoir ce qui vise votre achat, décrivez-le à l’Assistant."
    >
      <ButtonLink look="primary" className="start" to="/assistant">
        Vérifier un achat
      </ButtonLink>
      {query.isPending && <Skeleton blocks={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <DutyList duties={query.data.items} />}
    </Page>
  );
}

const PARTS = [
  {
    title: 'Obligations',
    test: (duty: Duty) => duty.strength === 'binding' && duty.confidence === 'verified',
  },
  {
    title: 'Recommandations et points à vérifier',
    test: (duty: Duty) => duty.strength !== 'binding' || duty.confidence !== 'verified',
  },
];

function DutyList({ duties }: { duties: Duty[] }) {
  const [text, setText] = useState('');
  const words = fold(text.trim());
  const shown = duties.filter((duty) =>
    fold(`${duty.title} ${duty.action} ${duty.article} ${duty.code}`).includes(words),
  );
  return (
    <>
      <div className="stack tight">
        <TextField
          name="filtre-obligations"
          label="Filtrer par mot ou par article"
          type="search"
          width="medium"
          value={text}
          onChange={setText}
        />
        <Status>
          {count(shown.length, 'texte', 'textes')} sur {duties.length}
        </Status>
      </div>
      {shown.length === 0 && (
        <Empty title="Aucune obligation ne contient ces mots">
          <p>Essayez un numéro d’article (L. 2112-2) ou un autre mot.</p>
        </Empty>
      )}
      {PARTS.map((part) => {
        const list = shown.filter(part.test);
        if (!list.length) return null;
        return (
          <Section key={part.title} title={`${part.title} (${list.length})`}>
            <ul className="plain stack">
              {list.map((duty) => (
                <li key={duty.code} id={duty.code}>
                  <DutyEntry duty={duty} />
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
    </>
  );
}

function DutyEntry({ duty }: { duty: Duty }) {
  return (
    <Card aside={<DutyFacts duty={duty} />}>
      <h3>{duty.title}</h3>
      <p>{duty.action}</p>
      {duty.texts.length > 0 && (
        <Details
          summary={
            <>
              Textes<span className="hidden"> de : {duty.title}</span>
            </>
          }
        >
          {duty.exemptions && (
            <p>
              <strong>Exceptions. </strong>
              {duty.exemptions}
            </p>
          )}
          {duty.texts.map((text) => (
            <div key={text.id} className="stack tight">
              <p className="strong">
                {text.article} : {text.title}
              </p>
              <p>{text.says}</p>
              <Facts>
                <Period from={text.in_force_from} to={text.in_force_to} />
                <Confidence value={text.confidence} />
              </Facts>
            </div>
          ))}
        </Details>
      )}
    </Card>
  );
}

function DutyFacts({ duty }: { duty: Duty }) {
  return (
    <>
      <div className="row tight">
        <Strength value={duty.strength} />
        <Confidence value={duty.confidence} />
      </div>
      <p className="strong">{duty.article}</p>
      <p className="soft">
        <Period from={duty.in_force_from} to={duty.in_force_to} />
      </p>
      {!duty.outside && (
        <Link to="/clauses" search={{ duty: [duty.code] }}>
          Clauses qui y répondent<span className="hidden"> : {duty.title}</span>
        </Link>
      )}
    </>
  );
}
