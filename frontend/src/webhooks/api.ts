import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { pagesOf } from '../frame/pages';

export type Webhook = components['schemas']['WebhookOut'];
export type Delivery = components['schemas']['DeliveryOut'];
export type EventChoice = components['schemas']['WebhookEventOut'];

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/webhooks', { signal })),
  staleTime: 0,
});

export const deliveriesQuery = (ident: number) => ({
  ...pagesOf(['webhooks', ident, 'deliveries'], (from, signal) =>
    unwrap(
      api.GET('/api/v1/webhooks/{ident}/deliveries', {
        params: { path: { ident }, query: from },
        signal,
      }),
    ),
  ),
  staleTime: 0,
});

/** Where a webhook is, in the version that was read. */
export const held = (item: Webhook) => ({
  path: { ident: item.id },
  header: { 'If-Match': `"${item.version}"` },
});

export function useRefreshWebhooks() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['webhooks'] });
}
