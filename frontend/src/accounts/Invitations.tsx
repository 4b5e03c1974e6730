import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, newKey, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Failure, Said, Skeleton } from '../ui/State';
import { labelIn, type RoleName, ROLES } from './labels';
import { invitationsQuery, requestsQuery, useRefreshOrganisation } from './organisation';
import { required, useSubmit } from './submit';

export function Invitations({ ident }: { ident: number }) {
  return (
    <>
      <Requests ident={ident} />
      <Section
        title="Inviter une personne"
        intro="Elle reçoit un lien par message, valable sept jours. Rien n’est créé sans sa réponse."
      >
        <Invite ident={ident} />
        <Waiting ident={ident} />
      </Section>
    </>
  );
}

function Invite({ ident }: { ident: number }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<RoleName>('writer');
  const [key, setKey] = useState(newKey);
  const [said, setSaid] = useState('');
  const refresh = useRefreshOrganisation();
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/organisations/{ident}/invitations', {
          params: { path: { ident }, header: { 'Idempotency-Key': key } },
          body: { email, role },
        }),
      ),
    (made) => {
      setSaid(`L’invitation est partie à ${made.email}.`);
      setEmail('');
      setKey(newKey());
      refresh();
    },
  );
  const submit = () => {
    setSaid('');
    form.submit(required({ email }, { email: 'Tapez l’adresse électronique de la personne' }));
  };
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={submit}>
      {form.failure && <Failure error={form.failure} />}
      <TextField
        name="email"
        type="email"
        label="Adresse électronique"
        value={email}
        onChange={(value) => {
          setEmail(value);
          setKey(newKey());
        }}
        error={form.errors['email']}
        native={{ autoComplete: 'off' }}
      />
      <RadioGroup
        name="role"
        label="Rôle"
        value={role}
        onChange={(value) => {
          setRole(value as RoleName);
          setKey(newKey());
        }}
        options={ROLES}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={form.busy}>
          Envoyer l’invitation
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}

function Waiting({ ident }: { ident: number }) {
  const query = useQuery(invitationsQuery(ident));
  if (query.isPending) return <Skeleton lines={2} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data.items.length) return <p className="soft">Aucune invitation en attente.</p>;
  return (
    <Rows label="Invitations en attente">
      {query.data.items.map((one) => (
        <Sent key={one.id} ident={ident} item={one} />
      ))}
    </Rows>
  );
}

function Sent({
  ident,
  item,
}: {
  ident: number;
  item: { id: number; email: string; role: RoleName; expires_at: string };
}) {
  const refresh = useRefreshOrganisation();
  const revoke = useSubmit(
    () =>
      done(
        api.DELETE('/api/v1/organisations/{ident}/invitations/{invitation_id}', {
          params: { path: { ident, invitation_id: item.id } },
        }),
      ),
    refresh,
  );
  return (
    <Row
      title={item.email}
      facts={`${labelIn(ROLES, item.role)}, valable jusqu’au ${longDate(item.expires_at)}`}
      actions={
        <>
          {revoke.failure && <Failure error={revoke.failure} />}
          <Button
            small
            about={`l’invitation de ${item.email}`}
            busy={revoke.busy}
            onClick={() => revoke.submit()}
          >
            Annuler
          </Button>
        </>
      }
    />
  );
}

function Requests({ ident }: { ident: number }) {
  const query = useQuery(requestsQuery(ident));
  if (!query.data?.items.length) return null;
  return (
    <Section title="Demandes à recevoir" intro="N’acceptez que les personnes que vous connaissez.">
      <Rows label="Demandes de rejoindre l’organisation">
        {query.data.items.map((one) => (
          <Request key={one.id} ident={ident} item={one} />
        ))}
      </Rows>
    </Section>
  );
}

function Request({
  ident,
  item,
}: {
  ident: number;
  item: { id: number; person: string; email: string; created_at: string };
}) {
  const refresh = useRefreshOrganisation();
  const send = (accept: boolean) =>
    done(
      api.POST('/api/v1/organisations/{ident}/requests/{request_id}', {
        params: { path: { ident, request_id: item.id } },
        body: { accept, role: 'reader' },
      }),
    );
  const accept = useSubmit(() => send(true), refresh);
  const refuse = useSubmit(() => send(false), refresh);
  const failure = accept.failure ?? refuse.failure;
  return (
    <Row
      title={item.person}
      facts={`${item.email}, le ${longDate(item.created_at)}`}
      actions={
        <>
          {failure && <Failure error={failure} />}
          <Button small look="primary" about={item.person} busy={accept.busy} onClick={() => accept.submit()}>
            Accepter comme lecteur
          </Button>
          <Button small about={item.person} busy={refuse.busy} onClick={() => refuse.submit()}>
            Refuser
          </Button>
        </>
      }
    />
  );
}
