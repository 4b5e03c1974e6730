import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '../frame/french';
import { Card, Facts } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { familiesQuery } from './api';

export function Families() {
  const query = useQuery(familiesQuery);
  return (
    <Page
      title="Familles d’achat"
      lead="Avant de choisir une clause : ce qui compte, ce que le marché sait faire, ce qu’il ne faut pas demander."
      crumbs={[{ label: 'Bibliothèque', link: { to: '/clauses' } }]}
    >
      {query.isPending && <Skeleton blocks={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      <ul className="plain stack">
        {query.data?.items.map((family) => (
          <li key={family.code}>
            <Card>
              <h2>
                <Link to="/familles/$code" params={{ code: family.code }}>
                  {family.label}
                </Link>
              </h2>
              <p>{family.headline}</p>
              <Facts>
                <span>{count(family.clauses, 'clause')}</span>
              </Facts>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
