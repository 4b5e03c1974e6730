import { useInfiniteQuery } from '@tanstack/react-query';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { count, moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Code } from '../ui/Code';
import { Row } from '../ui/Rows';
import { Empty, Failure } from '../ui/State';
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
  return (
    <div className="stack tight">
      <Button
        small
        className="start"
        about={`les envois de ${webhook.name}`}
        onClick={() => void query.refetch()}
      >
        Actualiser
      </Button>
      <PagedRows
        query={query}
        label={`Envois de ${webhook.name}`}
        said={['envoi affiché', 'envois affichés']}
        about={`des envois de ${webhook.name}`}
        row={(item) => <One key={item.id} item={item} webhook={webhook} />}
        empty={
          <Empty title="Aucun envoi depuis trente jours">
            <p>« Envoyer un essai » montre si votre logiciel répond.</p>
          </Empty>
        }
      />
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
