import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import type { MyOrganisation as Mine, Session } from '../api/types';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure } from '../ui/State';
import { useTakeSession } from './api';
import { Gate } from './Gate';
import { Identity } from './Identity';
import { Invitations } from './Invitations';
import { JoinOrCreate } from './JoinOrCreate';
import { Members } from './Members';
import { OrganisationHistory } from './OrganisationHistory';
import { useSubmit } from './submit';

const TITLE = 'Mon organisation';

export function MyOrganisation() {
  return (
    <Gate
      need="signed"
      title={TITLE}
      why="Les dossiers, les membres et les réponses sont ceux d’une organisation."
    >
      {(session) => (
        <Page title={TITLE}>
          {session.organisations.length > 1 && <Choice session={session} />}
          {session.organisation ? (
            <Active key={session.organisation.id} organisation={session.organisation} session={session} />
          ) : (
            <JoinOrCreate />
          )}
          {session.organisation && (
            <Section title="Une autre organisation">
              <JoinOrCreate folded />
            </Section>
          )}
        </Page>
      )}
    </Gate>
  );
}

function Choice({ session }: { session: Session }) {
  const [chosen, setChosen] = useState(
    String(session.organisation?.id ?? session.organisations[0]?.id ?? ''),
  );
  const take = useTakeSession();
  const change = useSubmit(
    () => unwrap(api.PUT('/api/v1/session/organisation', { body: { organisation_id: Number(chosen) } })),
    take,
  );
  return (
    <div className="stack tight">
      {change.failure && <Failure error={change.failure} />}
      <div className="row">
        <Select
          name="organisation"
          label="J’agis au nom de"
          value={chosen}
          onChange={setChosen}
          options={session.organisations.map((one) => ({ value: String(one.id), label: one.name }))}
        />
        <Button busy={change.busy} onClick={() => change.submit()}>
          Choisir
        </Button>
      </div>
    </div>
  );
}

function Active({ organisation, session }: { organisation: Mine; session: Session }) {
  const administers = organisation.role === 'administrator' && session.strong;
  return (
    <div className="stack loose">
      {organisation.role === 'administrator' && !session.strong && (
        <Notice tone="warning" title="Protégez votre compte pour administrer l’organisation">
          <p>
            Inviter, changer un rôle ou corriger l’organisation demande un second facteur :{' '}
            <a href="/mon-compte?onglet=securite">ajouter une clé d’accès ou une application de codes</a>.
          </p>
        </Notice>
      )}
      <Identity ident={organisation.id} administers={administers} />
      <Members ident={organisation.id} />
      {administers && <Invitations ident={organisation.id} />}
      {administers && <OrganisationHistory ident={organisation.id} />}
      <Section title="Vos logiciels">
        <p>
          <Link to="/webhooks">Webhooks : prévenir vos logiciels de ce qui change</Link>
        </p>
      </Section>
    </div>
  );
}
