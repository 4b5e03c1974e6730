import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { browserAndNetwork } from './browser';
import { pagesOf } from '../frame/pages';

export function History() {
  const query = useInfiniteQuery({
    ...pagesOf(['me', 'history'], (from, signal) =>
      unwrap(api.GET('/api/v1/me/history', { params: { query: from }, signal })),
    ),
    staleTime: 0,
  });
  return (
    <Section
      title="Historique de sécurité"
      intro="Ce qui s’est passé sur votre compte depuis un an. Un événement que vous ne reconnaissez pas ? Changez votre phrase de passe et fermez vos autres sessions."
    >
      <PagedRows
        query={query}
        label="Événements"
        empty="Rien pour l’instant"
        action="Voir plus ancien"
        row={(event) => (
          <Row
            key={event.id}
            title={event.label}
            facts={[moment(event.at), ...browserAndNetwork(event)].join(', ')}
          />
        )}
      />
    </Section>
  );
}
