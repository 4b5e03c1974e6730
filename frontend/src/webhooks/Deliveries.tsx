import { useInfiniteQuery } from '@tanstack/react-query';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { count, moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Code } from '../ui/Code';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { deliveriesQuery, type Delivery, useRefreshWebhooks, type Webhook } from './api';

const OUTCOMES: Record<NonNullable<Delivery['outcome']>, string> = {
  delivered: 'reçu',
  gone: 'refusé pour toujours',
  redirected: 'refusé : l’adresse renvoie ailleurs, nous ne suivons pas',
  refused: 'refusé',
  silent: 'sans réponse',
  forbidden: 'non envoyé',
};

function state(item: Delivery): string {
  if (!item.outcome) return 'en attente';
  const status = item.status ? ` (${item.status})` : '';
  const why = item.why ? ` : ${item.why}` : '';
  return `${OUTCOMES[item.outcome]}${status}${why}`;
}

export function Deliveries({ webhook }: { webhook: Webhook }) {
  const query = useInfiniteQuery(deliveriesQuery(webhook.id));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack tight">
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && (
        <Empty title="Aucun envoi depuis trente jours">
          <p>« Envoyer un essai » montre si votre logiciel répond.</p>
        </Empty>
      )}
      {items.length > 0 && (
        <Rows label={`Envois de ${webhook.name}`}>
          {items.map((item) => (
            <One key={item.id} item={item} webhook={webhook} />
          ))}
        </Rows>
      )}
      <div className="row">
        <Button small about={`les envois de ${webhook.name}`} onClick={() => void query.refetch()}>
          Actualiser
        </Button>
        {query.hasNextPage && (
          <Button small busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Voir la suite
          </Button>
        )}
      </div>
    </div>
  );
}

function One({ item, webhook }: { item: Delivery; webhook: Webhook }) {
  const refresh = useRefreshWebhooks();
  const again = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/webhooks/{ident}/deliveries/{delivery}/resend', {
          params: { path: { ident: webhook.id, delivery: item.id } },
        }),
      ),
    refresh,
  );
  const about = `${item.event} du ${moment(item.created_at)}`;
  return (
    <Row
      title={
        <>
          <code>{item.event}</code>, {state(item)}
        </>
      }
      facts={
        <>
          {moment(item.created_at)} ; {count(item.attempts, 'essai')}
          {item.next_at && item.attempts > 0 && ` ; prochain le ${moment(item.next_at)}`}
          <Details summary="Le message">
            <Code label={`Message ${item.message_id}`}>{item.body}</Code>
          </Details>
        </>
      }
      actions={
        item.may.includes('resend') && (
          <>
            {again.failure && <Failure error={again.failure} />}
            <Button small about={about} busy={again.busy} onClick={() => again.submit()}>
              Renvoyer
            </Button>
          </>
        )
      }
    />
  );
}
