import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { longDate } from '../frame/french';
import { Page } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { publishedQuery, publishedSpaserQuery } from './api';
import { SpaserTable } from './SpaserTable';

export function PublishedList() {
  const query = useQuery(publishedQuery);
  return (
    <Page
      title="Indicateurs SPASER publiés"
      lead="Ce que les organismes publient sur deux ans, en nombre et en valeur."
    >
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.items.length && (
        <Empty title="Aucun organisme n’a encore publié">
          <p>
            <Link to="/charte/spaser">Saisir et publier les indicateurs de mon organisation</Link>
          </p>
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Publications">
          {query.data.items.map((one) => (
            <Row
              key={`${one.siret}-${one.first_year}`}
              title={
                <Link to="/spaser/$siret/$year" params={{ siret: one.siret, year: String(one.first_year) }}>
                  {one.organisation}, {one.first_year} et {one.first_year + 1}
                </Link>
              }
              facts={`Publié le ${longDate(one.published_at)}`}
            />
          ))}
        </Rows>
      )}
    </Page>
  );
}

export function PublishedOne() {
  const { siret, year } = useParams({ strict: false }) as { siret: string; year: string };
  const query = useQuery(publishedSpaserQuery(siret, Number(year)));
  return (
    <Page
      title={query.data ? `Indicateurs SPASER de ${query.data.organisation}` : 'Indicateurs SPASER'}
      crumbs={[{ label: 'Indicateurs SPASER publiés', link: { to: '/spaser' } }]}
    >
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && <Failure error={query.error} />}
      {query.data && (
        <>
          <SpaserTable found={query.data} />
          <p className="no-print">
            <a href={`/api/v1/spaser/${siret}/${year}/csv`} download>
              Télécharger ces indicateurs (CSV)
            </a>
          </p>
        </>
      )}
    </Page>
  );
}
