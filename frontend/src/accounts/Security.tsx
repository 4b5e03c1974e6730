import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, done, unwrap } from '../api/client';
import type { Session } from '../api/types';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { PassphraseField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Said, Skeleton } from '../ui/State';
import { securityQuery, useRefreshSession, useTakeSession, waysQuery } from './api';
import { Fresh } from './Fresh';
import { PASSPHRASE_HINT } from './NewAccountForm';
import { required, useSubmit } from './submit';
import { TotpSection } from './Totp';
import { gaveUp, makePasskey } from './webauthn';

export function Security({ session }: { session: Session }) {
  const query = useQuery(securityQuery);
  if (query.isPending) return <Skeleton blocks={2} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const security = query.data;
  return (
    <Fresh session={session}>
      <div className="stack loose">
        <Section
          title="Clés d’accès"
          intro="Le plus sûr et le plus simple : votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît."
        >
          {security.passkeys.length === 0 ? (
            <Empty title="Aucune clé d’accès pour l’instant" />
          ) : (
            <Rows label="Mes clés d’accès">
              {security.passkeys.map((key) => (
                <PasskeyRow key={key.id} passkey={key} />
              ))}
            </Rows>
          )}
          <AddPasskey />
        </Section>
        <TotpSection totp={security.totp} left={security.recovery_codes_left} />
        <Passphrase has={security.has_passphrase} />
        <ProConnect linked={security.proconnect} />
      </div>
    </Fresh>
  );
}

function PasskeyRow({
  passkey,
}: {
  passkey: { id: string; name: string; created_at: string; used_at: string | null };
}) {
  const [asking, setAsking] = useState(false);
  const refresh = useRefreshSession();
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/me/passkeys/{ident}', { params: { path: { ident: passkey.id } } })),
    () => void refresh(),
  );
  return (
    <Row
      title={passkey.name}
      facts={`Ajoutée le ${longDate(passkey.created_at)}${passkey.used_at ? `, utilisée le ${longDate(passkey.used_at)}` : ', jamais utilisée'}`}
      actions={
        <>
          {remove.failure && <Failure error={remove.failure} />}
          <Button small about={passkey.name} busy={remove.busy} onClick={() => setAsking(true)}>
            Retirer
          </Button>
          <Confirm
            open={asking}
            title={`Retirer « ${passkey.name} » ?`}
            action="Retirer"
            onClose={() => setAsking(false)}
            onConfirm={() => {
              setAsking(false);
              remove.submit();
            }}
          >
            <p>Elle n’ouvrira plus votre compte. Gardez au moins une autre façon d’entrer.</p>
          </Confirm>
        </>
      }
    />
  );
}

function AddPasskey() {
  const ways = useQuery(waysQuery);
  const [name, setName] = useState('');
  const [said, setSaid] = useState('');
  const refresh = useRefreshSession();
  const form = useSubmit(
    async () => {
      setSaid('');
      try {
        const { options } = await unwrap(api.POST('/api/v1/me/passkeys/options'));
        const credential = await makePasskey(options);
        return await unwrap(api.POST('/api/v1/me/passkeys', { body: { name, credential } }));
      } catch (error) {
        if (gaveUp(error)) return null;
        throw error;
      }
    },
    (made) => {
      setSaid(made ? 'Clé d’accès ajoutée.' : 'Aucune clé n’a été créée. Vous pouvez réessayer.');
      if (!made) return;
      setName('');
      void refresh();
    },
  );
  if (ways.data?.passkey_needs_name)
    return (
      <p>
        Les clés d’accès demandent une adresse en lettres :{' '}
        <a href={`${ways.data.passkey_needs_name}/mon-compte?onglet=securite`}>
          ouvrir {ways.data.passkey_needs_name}
        </a>
        .
      </p>
    );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() =>
        form.submit(required({ name }, { name: 'Donnez un nom à cette clé, par exemple « Téléphone »' }))
      }
    >
      {form.failure && <Failure error={form.failure} />}
      <TextField
        name="name"
        label="Nom de la nouvelle clé"
        hint="Pour la reconnaître dans la liste : « Ordinateur du bureau », « Téléphone »…"
        width="medium"
        value={name}
        onChange={setName}
        error={form.errors['name']}
        native={{ autoComplete: 'off', maxLength: 80 }}
      />
      <div className="row">
        <Button type="submit" look="primary" busy={form.busy}>
          Ajouter une clé d’accès
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}

function Passphrase({ has }: { has: boolean }) {
  const [passphrase, setPassphrase] = useState('');
  const [said, setSaid] = useState('');
  const take = useTakeSession();
  const form = useSubmit(
    () => unwrap(api.PUT('/api/v1/me/passphrase', { body: { passphrase } })),
    (session) => {
      take(session);
      setPassphrase('');
      setSaid('Phrase de passe enregistrée. Vos autres sessions sont fermées.');
    },
  );
  return (
    <Section
      title="Phrase de passe"
      intro={has ? 'La changer ferme vos autres sessions.' : 'Vous n’en avez pas encore.'}
    >
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit(required({ passphrase }, { passphrase: 'Choisissez une phrase de passe' }))
        }
      >
        {form.failure && <Failure error={form.failure} />}
        <PassphraseField
          name="passphrase"
          label="Nouvelle phrase de passe"
          hint={PASSPHRASE_HINT}
          value={passphrase}
          onChange={setPassphrase}
          error={form.errors['passphrase']}
          native={{ autoComplete: 'new-password' }}
        />
        <div className="row">
          <Button type="submit" busy={form.busy}>
            Enregistrer la phrase de passe
          </Button>
          <Said>{said}</Said>
        </div>
      </Form>
    </Section>
  );
}

function ProConnect({ linked }: { linked: boolean }) {
  const ways = useQuery(waysQuery);
  const refresh = useRefreshSession();
  const start = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/proconnect/start', {
          body: { purpose: 'link', back: '/mon-compte?onglet=securite', strong: false },
        }),
      ),
    ({ url }) => window.location.assign(url),
  );
  const unlink = useSubmit(
    () => done(api.DELETE('/api/v1/proconnect/link')),
    () => void refresh(),
  );
  if (!linked && !ways.data?.proconnect) return null;
  const failure = start.failure ?? unlink.failure;
  return (
    <Section title="ProConnect" intro={linked ? 'Votre compte s’ouvre aussi avec ProConnect.' : undefined}>
      {failure && <Failure error={failure} />}
      {linked ? (
        <Button className="start" busy={unlink.busy} onClick={() => unlink.submit()}>
          Détacher ProConnect
        </Button>
      ) : (
        <>
          <Notice tone="neutral">
            <p>Rattachez votre identité ProConnect pour entrer avec votre compte de travail.</p>
          </Notice>
          <Button className="start" busy={start.busy} onClick={() => start.submit()}>
            Rattacher ProConnect
          </Button>
        </>
      )}
    </Section>
  );
}
