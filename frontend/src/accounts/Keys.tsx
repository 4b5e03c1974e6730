import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, unwrap } from '../api/client';
import type { Session } from '../api/types';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { CheckboxGroup } from '../ui/Choice';
import { CopyButton } from '../ui/Copy';
import { Select, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { keysQuery, useRefreshSession } from './api';
import { Fresh } from './Fresh';
import { required, useSubmit } from './submit';

const LIVES = [
  { value: '30', label: '30 jours' },
  { value: '90', label: '90 jours' },
  { value: '365', label: 'Un an' },
];

export function Keys({ session }: { session: Session }) {
  const query = useQuery(keysQuery);
  return (
    <div className="stack loose">
      <Section
        title="Mes clés d’API"
        intro="Une clé permet à un logiciel de lire ou d’écrire à votre place, dans une organisation. Elle ne fait jamais plus que vous."
      >
        {query.isPending && <Skeleton lines={3} />}
        {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
        {query.data?.items.length === 0 && <Empty title="Aucune clé pour l’instant" />}
        {query.data && query.data.items.length > 0 && (
          <Rows label="Mes clés d’API">
            {query.data.items.map((key) => (
              <KeyRow key={key.id} item={key} />
            ))}
          </Rows>
        )}
      </Section>
      <Section title="Créer une clé">
        {session.organisation ? (
          <Fresh session={session}>
            <NewKey organisation={session.organisation.name} scopes={query.data?.scopes ?? []} />
          </Fresh>
        ) : (
          <Empty title="Une clé agit au nom d’une organisation : rejoignez-en une d’abord." />
        )}
      </Section>
    </div>
  );
}

type Key = {
  id: number;
  name: string;
  prefix: string;
  scopes: string[];
  organisation: string;
  expires_at: string;
  revoked_at: string | null;
  used_at: string | null;
  may: string[];
};

function KeyRow({ item }: { item: Key }) {
  const refresh = useRefreshSession();
  const revoke = useSubmit(
    () => done(api.DELETE('/api/v1/api-keys/{ident}', { params: { path: { ident: item.id } } })),
    () => void refresh(),
  );
  const state = item.revoked_at
    ? `révoquée le ${longDate(item.revoked_at)}`
    : `valable jusqu’au ${longDate(item.expires_at)}`;
  return (
    <Row
      title={`${item.name} (clz_live_${item.prefix}_…)`}
      facts={`${item.organisation} ; ${item.scopes.join(', ')} ; ${state} ; ${item.used_at ? `utilisée le ${longDate(item.used_at)}` : 'jamais utilisée'}`}
      actions={
        item.may.includes('revoke') && (
          <>
            {revoke.failure && <Failure error={revoke.failure} />}
            <Button small about={item.name} busy={revoke.busy} onClick={() => revoke.submit()}>
              Révoquer
            </Button>
          </>
        )
      }
    />
  );
}

function NewKey({
  organisation,
  scopes,
}: {
  organisation: string;
  scopes: { code: string; label: string }[];
}) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['lecture']);
  const [days, setDays] = useState('90');
  const [key, setKey] = useState('');
  const refresh = useRefreshSession();
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/api-keys', { body: { name, scopes: chosen, days: Number(days) } })),
    (made) => {
      setKey(made.key);
      setName('');
      void refresh();
    },
  );
  return (
    <>
      {key && (
        <Notice tone="warning" title="Copiez cette clé : elle ne sera plus affichée" live>
          <p>
            <code className="anywhere">{key}</code>
          </p>
          <div className="row">
            <CopyButton text={key} label="Copier la clé" />
            <Button onClick={() => setKey('')}>Je l’ai gardée</Button>
          </div>
        </Notice>
      )}
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit({
            ...required({ name }, { name: 'Donnez un nom à la clé' }),
            ...(chosen.length ? {} : { scopes: 'Choisissez au moins une portée' }),
          })
        }
      >
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name="name"
          label="Nom de la clé"
          hint={`Le logiciel qui s’en servira, pour ${organisation}.`}
          width="medium"
          value={name}
          onChange={setName}
          error={form.errors['name']}
          native={{ autoComplete: 'off', maxLength: 80 }}
        />
        <CheckboxGroup
          name="scopes"
          label="Ce qu’elle peut faire"
          values={chosen}
          onChange={setChosen}
          options={scopes.map((scope) => ({ value: scope.code, label: scope.label }))}
          error={form.errors['scopes']}
          compact
        />
        <Select name="days" label="Durée" options={LIVES} value={days} onChange={setDays} width="short" />
        <Button type="submit" look="primary" className="start" busy={form.busy}>
          Créer la clé
        </Button>
      </Form>
    </>
  );
}
