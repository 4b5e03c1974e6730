import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { Button, ButtonLink } from '../ui/Button';
import { Failure, Said } from '../ui/State';

/** Keeps the search of the page, or the sourcing: what is new comes by mail and by a feed. */
export function Follow({
  subject,
  name,
  query,
  action = 'Me prévenir des nouveautés',
}: {
  subject: 'firms' | 'programmes' | 'sourcing';
  name: string;
  query: string;
  action?: string;
}) {
  const session = useSession();
  const here = useRouterState({ select: (state) => state.location.href });
  const client = useQueryClient();
  const [saved, setSaved] = useState('');
  const [key] = useState(newKey);
  const save = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/saved-searches', {
          params: { header: { 'Idempotency-Key': `${key}-${query}`.slice(0, 128) } },
          body: { subject, name: name.slice(0, 100), query, by_mail: true },
        }),
      ),
    () => {
      setSaved(query);
      void client.invalidateQueries({ queryKey: ['saved-searches'] });
    },
  );
  if (!session?.person)
    return (
      <ButtonLink className="start" to="/connexion" search={{ retour: here }}>
        {subject === 'sourcing'
          ? 'Se connecter pour suivre ce sourçage'
          : 'Se connecter pour suivre cette recherche'}
      </ButtonLink>
    );
  return (
    <div className="stack tight">
      {save.failure && <Failure error={save.failure} />}
      <div className="row">
        <Button busy={save.busy} off={saved === query} onClick={() => save.submit()}>
          {action}
        </Button>
        {saved === query && (
          <Said>{subject === 'sourcing' ? 'Vous suivez ce sourçage' : 'Recherche enregistrée'}</Said>
        )}
        <Link to="/alertes">Mes alertes</Link>
      </div>
    </div>
  );
}
