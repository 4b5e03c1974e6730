import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { moment } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { browserAndNetwork } from './browser';
import { pagesOf } from '../frame/pages';

/** What happened to the organisation and to the accounts of its members, for its administrators. */
export function OrganisationHistory({ ident }: { ident: number }) {
  const query = useInfiniteQuery({
    ...pagesOf(['organisation', ident, 'history'], (from, signal) =>
      unwrap(
        api.GET('/api/v1/organisations/{ident}/history', {
          params: { path: { ident }, query: { limit: 10, ...from } },
          signal,
        }),
      ),
    ),
    staleTime: 0,
  });
  return (
    <Section
      title="Historique de sécurité"
      intro="Connexions des membres, clés d’API, rôles, invitations et départs, depuis un an. Un événement que personne ne reconnaît ? Retirez le membre ou révoquez la clé."
    >
      <PagedRows
        query={query}
        label="Événements de l’organisation"
        empty="Rien pour l’instant"
        action="Voir plus ancien"
        row={(event) => (
          <Row
            key={event.id}
            title={event.person ? `${event.label} : ${event.person}` : event.label}
            facts={[
              moment(event.at),
              event.detail,
              event.by && event.by !== event.person && `par ${event.by}`,
              ...browserAndNetwork(event),
            ]
              .filter(Boolean)
              .join(', ')}
          />
        )}
      />
      <p className="no-print">
        <a href={`/api/v1/organisations/${ident}/history.csv`} download>
          Télécharger l’historique (CSV)
        </a>
      </p>
    </Section>
  );
}
