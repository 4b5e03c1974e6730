import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api, unwrap } from '../api/client';
import type { Session } from '../api/types';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { PassphraseField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Failure, Skeleton } from '../ui/State';
import { securityQuery, useTakeSession } from './api';
import { required, useSubmit } from './submit';
import { askPasskey } from './webauthn';

const FRESH = 14 * 60_000;

export function isFresh(session: Session, now = Date.now()): boolean {
  return session.proved_at !== null && now - Date.parse(session.proved_at) < FRESH;
}

/** Draws sensitive actions for who has just proved their identity; asks the others to prove it again. */
export function Fresh({ session, children }: { session: Session; children: ReactNode }) {
  if (isFresh(session)) return <>{children}</>;
  return <Proof />;
}

function Proof() {
  const security = useQuery(securityQuery);
  return (
    <Box sunken>
      <h3>Confirmez que c’est vous</h3>
      <p className="measure">
        Ces réglages sont sensibles : votre dernière preuve d’identité date de plus de quinze minutes.
      </p>
      {security.isPending && <Skeleton lines={2} />}
      {security.isError && <Failure error={security.error} retry={() => void security.refetch()} />}
      {security.data?.proofs.includes('passkey') && <ByPasskey />}
      {security.data?.proofs.includes('code') && <BySecret kind="code" />}
      {security.data?.proofs.includes('passphrase') && !security.data.proofs.includes('code') && (
        <BySecret kind="passphrase" />
      )}
      {security.data?.proofs.includes('proconnect') && <ByProConnect />}
    </Box>
  );
}

function ByPasskey() {
  const take = useTakeSession();
  const prove = useSubmit(async () => {
    const { options } = await unwrap(api.POST('/api/v1/session/proof/passkey/options'));
    const credential = await askPasskey(options);
    return unwrap(api.POST('/api/v1/session/proof/passkey', { body: { credential } }));
  }, take);
  return (
    <div className="stack tight">
      {prove.failure && <Failure error={prove.failure} />}
      <Button look="primary" className="start" busy={prove.busy} onClick={() => prove.submit()}>
        Confirmer avec une clé d’accès
      </Button>
    </div>
  );
}

function BySecret({ kind }: { kind: 'code' | 'passphrase' }) {
  const [value, setValue] = useState('');
  const take = useTakeSession();
  const prove = useSubmit(() => unwrap(api.POST('/api/v1/session/proof', { body: { [kind]: value } })), take);
  const asked = kind === 'code' ? 'Tapez le code de votre application' : 'Tapez votre phrase de passe';
  return (
    <Form
      errors={prove.errors}
      attempt={prove.attempt}
      onSubmit={() => prove.submit(required({ preuve: value }, { preuve: asked }))}
    >
      {prove.failure && <Failure error={prove.failure} />}
      {kind === 'code' ? (
        <TextField
          name="preuve"
          label="Code de l’application, ou code de secours"
          width="medium"
          value={value}
          onChange={setValue}
          error={prove.errors['preuve']}
          native={{ autoComplete: 'one-time-code' }}
        />
      ) : (
        <PassphraseField
          name="preuve"
          label="Phrase de passe"
          value={value}
          onChange={setValue}
          error={prove.errors['preuve']}
          native={{ autoComplete: 'current-password' }}
        />
      )}
      <Button type="submit" className="start" busy={prove.busy}>
        Confirmer
      </Button>
    </Form>
  );
}

function ByProConnect() {
  const here = useRouterState({ select: (state) => state.location.pathname + state.location.searchStr });
  const start = useSubmit(
    () =>
      unwrap(api.POST('/api/v1/proconnect/start', { body: { purpose: 'proof', back: here, strong: false } })),
    ({ url }) => window.location.assign(url),
  );
  return (
    <div className="stack tight">
      {start.failure && <Failure error={start.failure} />}
      <Button className="start" busy={start.busy} onClick={() => start.submit()}>
        Confirmer avec ProConnect
      </Button>
    </div>
  );
}
