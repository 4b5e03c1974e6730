import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Summary } from '../ui/Card';
import { Select, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { KINDS, type KindName, labelIn, spacedSiret } from './labels';
import { organisationQuery, useRefreshOrganisation } from './organisation';
import { required, useSubmit } from './submit';

type Organisation = NonNullable<ReturnType<typeof useOrganisation>['data']>;

function useOrganisation(ident: number) {
  return useQuery(organisationQuery(ident));
}

/** What the organisation is, what the public register said of it, and how to correct it. */
export function Identity({ ident, administers }: { ident: number; administers: boolean }) {
  const query = useOrganisation(ident);
  const [editing, setEditing] = useState(false);
  if (query.isPending) return <Skeleton lines={4} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const row = query.data;
  return (
    <Section
      title={row.name}
      actions={
        administers &&
        !editing && (
          <Button small onClick={() => setEditing(true)}>
            Corriger
          </Button>
        )
      }
    >
      {editing ? (
        <Edit row={row} onDone={() => setEditing(false)} />
      ) : (
        <Summary
          rows={[
            { term: 'SIRET', value: spacedSiret(row.siret) },
            { term: 'Nature', value: labelIn(KINDS, row.kind) },
            { term: 'Adresse', value: row.address || 'Pas encore connue' },
            { term: 'Registre public', value: <Checked row={row} administers={administers} /> },
          ]}
        />
      )}
    </Section>
  );
}

function Checked({ row, administers }: { row: Organisation; administers: boolean }) {
  const refresh = useRefreshOrganisation();
  const again = useSubmit(
    () =>
      unwrap(api.POST('/api/v1/organisations/{ident}/verification', { params: { path: { ident: row.id } } })),
    refresh,
  );
  if (row.verification === 'verified')
    return (
      <Badge tone="success" icon="check">
        Vérifié le {longDate(row.verified_at ?? row.created_at)}
      </Badge>
    );
  return (
    <div className="stack tight">
      <span>
        {row.verification === 'pending'
          ? 'À vérifier : le registre n’a pas encore répondu, il est interrogé à nouveau tout seul. Rien n’est bloqué.'
          : 'Le registre ne connaît pas d’établissement ouvert à ce numéro : vérifiez le SIRET. Certaines entités n’y sont pas diffusées.'}
      </span>
      {again.failure && <Failure error={again.failure} />}
      {administers && (
        <Button small className="start" busy={again.busy} onClick={() => again.submit()}>
          Interroger le registre maintenant
        </Button>
      )}
    </div>
  );
}

function Edit({ row, onDone }: { row: Organisation; onDone: () => void }) {
  const [name, setName] = useState(row.name);
  const [kind, setKind] = useState<KindName>(row.kind);
  const refresh = useRefreshOrganisation();
  const form = useSubmit(
    () =>
      unwrap(
        api.PUT('/api/v1/organisations/{ident}', {
          params: { path: { ident: row.id }, header: { 'If-Match': `"${row.version}"` } },
          body: { name, kind },
        }),
      ),
    () => {
      refresh();
      onDone();
    },
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() => form.submit(required({ name }, { name: 'Tapez le nom de l’organisation' }))}
    >
      {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
      <TextField
        name="name"
        label="Nom"
        hint={
          row.verification === 'verified' ? 'Ce nom vient du registre public : il s’y corrige.' : undefined
        }
        value={name}
        onChange={setName}
        error={form.errors['name']}
      />
      <Select
        name="kind"
        label="Nature"
        width="full"
        value={kind}
        onChange={(value) => setKind(value as KindName)}
        options={KINDS.filter((one) => (one.value === 'firm') === (row.kind === 'firm'))}
      />
      <Actions>
        <Button type="submit" look="primary" busy={form.busy}>
          Enregistrer
        </Button>
        <Button onClick={onDone}>Annuler</Button>
      </Actions>
    </Form>
  );
}
