import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Glossary as GlossaryData } from '../api/types';
import { count } from '../frame/french';
import { Confidence } from '../law/Confidence';
import { Details, Facts } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { glossaryQuery } from './api';
import { ClauseLinks } from './ClauseLinks';

export function Glossary() {
  const query = useQuery(glossaryQuery);
  return (
    <Page
      title="Glossaire"
      lead="Chaque terme est défini une fois. Les pièces du marché reprennent la définition une seule fois."
      crumbs={[{ label: 'Bibliothèque', link: { to: '/clauses' } }]}
    >
      {query.isPending && <Skeleton blocks={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Terms glossary={query.data} />}
    </Page>
  );
}

function Terms({ glossary }: { glossary: GlossaryData }) {
  const wanted = useLocation({ select: (location) => location.hash });
  // The terms arrive after the address was read: only now can its term come into view and take the focus.
  useEffect(() => {
    const term = wanted ? document.getElementById(wanted) : null;
    term?.scrollIntoView();
    term?.focus({ preventScroll: true });
  }, [wanted]);
  return (
    <ul className="plain stack loose">
      {glossary.items.map((entry) => (
        <li key={entry.id} className="stack tight">
          <h2 id={entry.id} tabIndex={-1}>
            {entry.term}
          </h2>
          <p className="measure">{entry.definition}</p>
          <Facts>
            <span>{entry.source}</span>
            <Confidence value={entry.confidence} />
          </Facts>
          {entry.clauses.length > 0 && (
            <Details
              summary={
                <>
                  Employé par {count(entry.clauses.length, 'clause')}
                  <span className="hidden"> : {entry.term}</span>
                </>
              }
            >
              <ClauseLinks clauses={entry.clauses} />
            </Details>
          )}
        </li>
      ))}
    </ul>
  );
}
