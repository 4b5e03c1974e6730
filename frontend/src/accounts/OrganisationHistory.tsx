import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { browserOf } from './browser';

/** What happened to the organisation and to the accounts of its members, for its administrators. */
export function OrganisationHistory({ ident }: { ident: number }) {
  const query = useInfiniteQuery({
    queryKey: ['organisation', ident, 'history'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/organisations/{ident}/history', {
          params: { path: { ident }, query: { limit: 10, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title="Historique de sécurité"
      intro="Connexions des membres, clés d’API, rôles, invitations et départs, depuis un an. Un événement que personne ne reconnaît ? Retirez le membre ou révoquez la clé."
    >
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && events.length === 0 && <Empty title="Rien pour l’instant" />}
      {events.length > 0 && (
        <>
          <Rows label="Événements de l’organisation">
            {events.map((event) => (
              <Row
                key={event.id}
                title={event.person ? `${event.label} : ${event.person}` : event.label}
                facts={[
                  moment(event.at),
                  event.detail,
                  event.by && event.by !== event.person && `par ${event.by}`,
                  event.user_agent && browserOf(event.user_agent),
                  event.ip_prefix && `réseau ${event.ip_prefix}`,
                ]
                  .filter(Boolean)
                  .join(', ')}
              />
            ))}
          </Rows>
          <p className="row no-print">
            {query.hasNextPage && (
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Voir plus ancien
              </Button>
            )}
            <a href={`/api/v1/organisations/${ident}/history.csv`} download>
              Télécharger l’historique (CSV)
            </a>
          </p>
        </>
      )}
    </Section>
  );
}
