import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure } from '../ui/State';
import { tokenInAddress, useTakeSession } from './api';
import { Gate } from './Gate';
import { NoToken } from './SignUp';
import { useSubmit } from './submit';

const TITLE = 'Confirmer ma nouvelle adresse';

export function NewAddress() {
  return (
    <Gate
      need="signed"
      title={TITLE}
      why="Connectez-vous avec le compte qui a demandé le changement, puis rouvrez le lien."
    >
      {() => <Confirm />}
    </Gate>
  );
}

function Confirm() {
  const [token] = useState(tokenInAddress);
  const [address, setAddress] = useState('');
  const take = useTakeSession();
  const confirm = useSubmit(
    () => unwrap(api.POST('/api/v1/me/email/confirm', { body: { token } })),
    (session) => {
      take(session);
      setAddress(session.person?.email ?? '');
    },
  );
  return (
    <Page title={TITLE} narrow>
      {!token && <NoToken />}
      {confirm.failure && <Failure error={confirm.failure} />}
      {address ? (
        <Notice tone="success" title={`Votre compte utilise maintenant ${address}`} live>
          <p>
            Vos autres sessions sont fermées. <Link to="/mon-compte">Revenir à mon compte</Link>
          </p>
        </Notice>
      ) : (
        token && (
          <Button look="primary" className="start" busy={confirm.busy} onClick={() => confirm.submit()}>
            Utiliser cette adresse
          </Button>
        )
      )}
    </Page>
  );
}
