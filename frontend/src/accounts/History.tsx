import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { browserOf } from './browser';

export function History() {
  const query = useInfiniteQuery({
    queryKey: ['me', 'history'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/me/history', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title="Historique de sécurité"
      intro="Ce qui s’est passé sur votre compte depuis un an. Un événement que vous ne reconnaissez pas ? Changez votre phrase de passe et fermez vos autres sessions."
    >
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && events.length === 0 && <Empty title="Rien pour l’instant" />}
      {events.length > 0 && (
        <Rows label="Événements">
          {events.map((event) => (
            <Row
              key={event.id}
              title={event.label}
              facts={`${moment(event.at)}${event.user_agent ? `, ${browserOf(event.user_agent)}` : ''}${event.ip_prefix ? `, réseau ${event.ip_prefix}` : ''}`}
            />
          ))}
        </Rows>
      )}
      {query.hasNextPage && (
        <Button className="start" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Voir plus ancien
        </Button>
      )}
    </Section>
  );
}
