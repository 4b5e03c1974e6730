import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Charter as CharterData } from '../api/types';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Commitments } from '../ui/Commitments';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { charterQuery } from './api';

export function Charter() {
  const query = useQuery(charterQuery);
  return (
    <Page
      title="La charte de l’achat circulaire"
      lead="Dix engagements, chacun vérifiable. L’Assistant contrôle ceux qui se lisent dans un marché."
    >
      {query.isPending && <Skeleton blocks={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <CharterText charter={query.data} />}
    </Page>
  );
}

function CharterText({ charter }: { charter: CharterData }) {
  return (
    <>
      <Button className="start" onClick={() => window.print()}>
        Imprimer la charte
      </Button>
      <h2>{charter.name}</h2>
      <Commitments
        entries={charter.commitments.map((commitment) => ({
          code: commitment.code,
          title: commitment.title,
          body: <Commitment commitment={commitment} />,
        }))}
      />
      <Section title="Gouvernance">
        <p className="measure">{charter.governance}</p>
      </Section>
      <Notice tone="neutral" title="D’où vient ce texte">
        <p>{charter.source}</p>
      </Notice>
    </>
  );
}

function Commitment({ commitment }: { commitment: CharterData['commitments'][number] }) {
  return (
    <>
      <p className="measure">{commitment.text}</p>
      <p className="measure soft">{commitment.why}</p>
      {commitment.indicators.length > 0 && (
        <p className="measure">
          <strong>Mesuré par : </strong>
          {commitment.indicators.map((i) => (i.unit ? `${i.name} (${i.unit})` : i.name)).join(' ; ')}.
        </p>
      )}
      <div className="no-print stack tight">
        {commitment.modalities.length > 0 && (
          <Details
            summary={
              <>
                Ce que l’Assistant vérifie<span className="hidden"> pour l’engagement {commitment.code}</span>
              </>
            }
          >
            <ul className="bullets">
              {commitment.modalities.map((modality) => (
                <li key={modality.id}>
                  <strong>{modality.title}.</strong> {modality.why}
                </li>
              ))}
            </ul>
          </Details>
        )}
        <p>
          <Link to="/clauses" search={{ commitment: commitment.code }}>
            Clauses qui servent cet engagement<span className="hidden"> : {commitment.title}</span>
          </Link>
        </p>
      </div>
    </>
  );
}
