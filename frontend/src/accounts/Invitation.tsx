import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { tokenInAddress, useTakeSession } from './api';
import { labelIn, ROLES } from './labels';
import { NewAccountForm } from './NewAccountForm';
import { useSession } from './session';
import { NoToken } from './SignUp';
import { useSubmit } from './submit';

/** Where the link of an invitation leads: accept with one's account, or make it. */
export function Invitation() {
  const [token] = useState(tokenInAddress);
  const session = useSession();
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/invitations/read', { body: { token }, signal })),
    enabled: token !== '',
    staleTime: 0,
  });
  const found = query.data;
  return (
    <Page title={found ? `${found.organisation} vous invite` : 'Invitation'} narrow>
      {!token && <NoToken />}
      {query.isLoading && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} />}
      {found && (
        <>
          <p className="lead">
            Vous rejoindrez « {found.organisation} » comme {labelIn(ROLES, found.role).toLowerCase()}.
          </p>
          {session?.person ? (
            <Accept token={token} />
          ) : found.has_account ? (
            <Notice tone="info" title="Votre adresse a déjà un compte">
              <p>
                <Link to="/connexion" search={{ retour: '/invitation' }}>
                  Connectez-vous
                </Link>
                , puis acceptez l’invitation.
              </p>
            </Notice>
          ) : (
            <Newcomer token={token} email={found.email} />
          )}
        </>
      )}
    </Page>
  );
}

function Accept({ token }: { token: string }) {
  const take = useTakeSession();
  const navigate = useNavigate();
  const accept = useSubmit(
    () => unwrap(api.POST('/api/v1/invitations/accept', { body: { token } })),
    (session) => {
      take(session);
      void navigate({ to: '/mon-organisation', replace: true });
    },
  );
  return (
    <>
      {accept.failure && <Failure error={accept.failure} />}
      <Button look="primary" className="start" busy={accept.busy} onClick={() => accept.submit()}>
        Accepter l’invitation
      </Button>
    </>
  );
}

function Newcomer({ token, email }: { token: string; email: string }) {
  const navigate = useNavigate();
  return (
    <NewAccountForm
      action="Créer mon compte et rejoindre"
      send={(body) => unwrap(api.POST('/api/v1/invitations/newcomer', { body: { token, ...body } }))}
      onDone={() => void navigate({ to: '/mon-organisation', replace: true })}
    >
      <p>Votre compte utilisera l’adresse {email}.</p>
    </NewAccountForm>
  );
}
