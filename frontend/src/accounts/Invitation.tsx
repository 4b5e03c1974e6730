import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { PassphraseField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { tokenInAddress, useTakeSession } from './api';
import { labelIn, ROLES } from './labels';
import { useSession } from './session';
import { NameFields, NoToken, PASSPHRASE_HINT } from './SignUp';
import { required, useSubmit } from './submit';

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
  const [given, setGiven] = useState('');
  const [family, setFamily] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const take = useTakeSession();
  const navigate = useNavigate();
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/invitations/newcomer', {
          body: { token, given_name: given, family_name: family, passphrase },
        }),
      ),
    (session) => {
      take(session);
      void navigate({ to: '/mon-organisation', replace: true });
    },
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() =>
        form.submit(
          required(
            { given_name: given, family_name: family, passphrase },
            {
              given_name: 'Tapez votre prénom',
              family_name: 'Tapez votre nom',
              passphrase: 'Choisissez une phrase de passe',
            },
          ),
        )
      }
    >
      {form.failure && <Failure error={form.failure} />}
      <p>Votre compte utilisera l’adresse {email}.</p>
      <NameFields
        given={given}
        family={family}
        onGiven={setGiven}
        onFamily={setFamily}
        errors={form.errors}
      />
      <PassphraseField
        name="passphrase"
        label="Phrase de passe"
        hint={PASSPHRASE_HINT}
        value={passphrase}
        onChange={setPassphrase}
        error={form.errors['passphrase']}
        native={{ autoComplete: 'new-password' }}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        Créer mon compte et rejoindre
      </Button>
    </Form>
  );
}
