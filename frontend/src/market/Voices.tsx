import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '../frame/french';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { voicesQuery } from './api';

/** For editors: the clauses that firms find hardest, from five firms, never a name. */
export function Voices() {
  const query = useQuery(voicesQuery);
  return (
    <div className="stack">
      <p>
        Ce que les entreprises ont répondu dans les sourçages, une fois ouverts. Rien sous cinq entreprises,
        aucun nom ; la clause la moins faisable d’abord.
      </p>
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && (
        <Empty title="Aucune clause n’a encore l’avis de cinq entreprises" />
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows label="Clauses jugées par les entreprises">
          {query.data.items.map((one) => (
            <Row
              key={one.clause_id}
              title={
                <Link to="/clauses/$id" params={{ id: one.clause_id }}>
                  {one.clause_id} : {one.title}
                </Link>
              }
              facts={`${count(one.firms, 'entreprise')} ; ${one.blocked} : pas faisable ; ${one.conditional} : faisable sous condition`}
            />
          ))}
        </Rows>
      )}
    </div>
  );
}
