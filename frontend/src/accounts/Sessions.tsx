import { useQuery } from '@tanstack/react-query';
import { api, done } from '../api/client';
import { moment } from '../frame/french';
import { Button } from '../ui/Button';
import { Badge } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Failure, Skeleton } from '../ui/State';
import { sessionsQuery, useRefreshSession } from './api';
import { browserOf } from './browser';
import { useSubmit } from './submit';

const METHODS: Record<string, string> = {
  proconnect: 'ProConnect',
  passkey: 'clé d’accès',
  passphrase: 'phrase de passe',
  demo: 'compte de démonstration',
};

export function Sessions() {
  const query = useQuery(sessionsQuery);
  const refresh = useRefreshSession();
  const others = useSubmit(
    () => done(api.DELETE('/api/v1/me/sessions')),
    () => void refresh(),
  );
  return (
    <Section
      title="Mes sessions ouvertes"
      intro="Une session se ferme seule après deux heures sans activité, et au bout de douze heures."
    >
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {others.failure && <Failure error={others.failure} />}
      {query.data && (
        <Rows label="Mes sessions ouvertes">
          {query.data.items.map((session) => (
            <One key={session.id} session={session} />
          ))}
        </Rows>
      )}
      {query.data && query.data.items.length > 1 && (
        <Button className="start" busy={others.busy} onClick={() => others.submit()}>
          Fermer toutes les autres
        </Button>
      )}
    </Section>
  );
}

function One({
  session,
}: {
  session: {
    id: number;
    current: boolean;
    method: string;
    seen_at: string;
    created_at: string;
    ip_prefix: string;
    user_agent: string;
  };
}) {
  const refresh = useRefreshSession();
  const close = useSubmit(
    () => done(api.DELETE('/api/v1/me/sessions/{ident}', { params: { path: { ident: session.id } } })),
    () => void refresh(),
  );
  return (
    <Row
      title={browserOf(session.user_agent)}
      facts={`Ouverte le ${moment(session.created_at)} avec ${METHODS[session.method] ?? 'un lien'}, vue le ${moment(session.seen_at)}, réseau ${session.ip_prefix || 'inconnu'}`}
      actions={
        session.current ? (
          <Badge tone="success">Celle-ci</Badge>
        ) : (
          <>
            {close.failure && <Failure error={close.failure} />}
            <Button
              small
              busy={close.busy}
              about={`la session ${browserOf(session.user_agent)}`}
              onClick={() => close.submit()}
            >
              Fermer
            </Button>
          </>
        )
      }
    />
  );
}
