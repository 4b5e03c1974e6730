import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Select } from '../ui/Field';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Failure, Skeleton } from '../ui/State';
import { labelIn, type RoleName, ROLES } from './labels';
import { membersQuery, useRefreshOrganisation } from './organisation';
import { useSubmit } from './submit';

type Member = {
  person_id: number;
  name: string;
  email: string;
  role: RoleName;
  since: string;
  version: number;
  may: string[];
};

export function Members({ ident }: { ident: number }) {
  const query = useQuery(membersQuery(ident));
  return (
    <Section title="Membres">
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <Rows label="Membres">
          {query.data.items.map((member) => (
            <One key={member.person_id} ident={ident} member={member} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function One({ ident, member }: { ident: number; member: Member }) {
  const mayLeave = member.may.includes('leave');
  return (
    <Row
      title={member.name}
      facts={`${member.email} ; ${labelIn(ROLES, member.role).toLowerCase()} depuis le ${longDate(member.since)}`}
      actions={
        <>
          {member.may.includes('change_role') && <RoleChange ident={ident} member={member} />}
          {(mayLeave || member.may.includes('remove')) && (
            <Leave ident={ident} member={member} itself={mayLeave} />
          )}
        </>
      }
    />
  );
}

function RoleChange({ ident, member }: { ident: number; member: Member }) {
  const [role, setRole] = useState<RoleName>(member.role);
  const refresh = useRefreshOrganisation();
  const change = useSubmit(
    () =>
      unwrap(
        api.PATCH('/api/v1/organisations/{ident}/members/{person_id}', {
          params: {
            path: { ident, person_id: member.person_id },
            header: { 'If-Match': `"${member.version}"` },
          },
          body: { role },
        }),
      ),
    refresh,
  );
  return (
    <>
      {change.failure && <Failure error={change.failure} />}
      <Select
        name={`role-${member.person_id}`}
        label={`Rôle de ${member.name}`}
        width="short"
        value={role}
        onChange={(value) => setRole(value as RoleName)}
        options={ROLES.map(({ value, label }) => ({ value, label }))}
      />
      <Button
        small
        about={`le rôle de ${member.name}`}
        off={role === member.role}
        busy={change.busy}
        onClick={() => change.submit()}
      >
        Changer
      </Button>
    </>
  );
}

function Leave({ ident, member, itself }: { ident: number; member: Member; itself: boolean }) {
  const [asking, setAsking] = useState(false);
  const refresh = useRefreshOrganisation();
  const leave = useSubmit(
    () =>
      done(
        api.DELETE('/api/v1/organisations/{ident}/members/{person_id}', {
          params: { path: { ident, person_id: member.person_id } },
        }),
      ),
    refresh,
  );
  const action = itself ? 'Quitter l’organisation' : 'Retirer';
  return (
    <>
      {leave.failure && <Failure error={leave.failure} />}
      <Button
        small
        about={itself ? undefined : member.name}
        busy={leave.busy}
        onClick={() => setAsking(true)}
      >
        {action}
      </Button>
      <Confirm
        open={asking}
        title={itself ? 'Quitter l’organisation ?' : `Retirer ${member.name} ?`}
        action={action}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          leave.submit();
        }}
      >
        <p>
          {itself ? 'Vous n’aurez plus accès' : 'Cette personne n’aura plus accès'} aux dossiers de
          l’organisation. Ce qui a été écrit reste.
        </p>
      </Confirm>
    </>
  );
}
