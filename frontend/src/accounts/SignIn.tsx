import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, unwrap } from '../api/client';
import { explain } from '../api/problem';
import type { Session } from '../api/types';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { PassphraseField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { isDemo } from '../frame/demo';
import { DemoAccounts } from './DemoAccounts';
import { useTakeSession, waysQuery, wayBack } from './api';
import { personName } from './AccountMenu';
import { reasonOf } from './reasons';
import { sessionQuery } from './session';
import { required, useSubmit } from './submit';
import { askPasskey, gaveUp } from './webauthn';

export function SignIn() {
  const { retour, erreur } = useSearch({ from: '/connexion' });
  const session = useQuery(sessionQuery);
  const take = useTakeSession();
  const navigate = useNavigate();
  const [awaits, setAwaits] = useState(false);
  const entered = (found: Session) => {
    take(found);
    if (found.awaits) setAwaits(true);
    else void navigate({ href: wayBack(retour), replace: true });
  };
  const waiting = awaits || session.data?.awaits === 'second_factor';
  return (
    <Page title={waiting ? 'Confirmez que c’est vous' : 'Se connecter'} narrow>
      {erreur && <Refusal reason={erreur} />}
      {session.isPending && <Skeleton lines={4} />}
      {session.isError && <Failure error={session.error} retry={() => void session.refetch()} />}
      {session.data?.person && !erreur && (
        <Notice tone="success" title={`Vous êtes connecté : ${personName(session.data.person)}`}>
          <p>
            <Link to="/mon-compte">Ouvrir mon compte</Link>
          </p>
        </Notice>
      )}
      {session.data &&
        !session.data.person &&
        (waiting ? <Code onDone={entered} /> : <Ways onDone={entered} />)}
    </Page>
  );
}

function Refusal({ reason }: { reason: string }) {
  const [title, detail] = reasonOf(reason);
  return (
    <Notice tone="warning" title={title} live>
      <p>{detail}</p>
    </Notice>
  );
}

function Ways({ onDone }: { onDone: (session: Session) => void }) {
  const ways = useQuery(waysQuery);
  return (
    <>
      <p className="lead">
        Sans compte, la bibliothèque, l’Assistant et les documents restent ouverts à tous. Un compte garde vos
        dossiers et les partage.
      </p>
      {isDemo && <DemoAccounts onDone={onDone} />}
      {ways.data?.proconnect && <ProConnect />}
      <Passkey onDone={onDone} needsName={ways.data?.passkey_needs_name ?? ''} />
      <Passphrase onDone={onDone} />
      <Section title="Pas encore de compte ?">
        <p>
          <Link to="/creer-un-compte">Créer un compte</Link>. Si une organisation vous a invité, ouvrez plutôt
          le lien de son message.
        </p>
      </Section>
    </>
  );
}

function ProConnect() {
  const { retour } = useSearch({ from: '/connexion' });
  const start = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/proconnect/start', {
          body: { purpose: 'sign_in', back: wayBack(retour), strong: false },
        }),
      ),
    ({ url }) => window.location.assign(url),
  );
  return (
    <Section
      title="Avec ProConnect"
      intro="Pour les agents publics et les professionnels, avec leur compte de travail."
    >
      {start.failure && <Failure error={start.failure} />}
      <Button look="primary" className="start" busy={start.busy} onClick={() => start.submit()}>
        S’identifier avec ProConnect
      </Button>
      <p>
        <a href="https://www.proconnect.gouv.fr/" target="_blank" rel="noopener noreferrer">
          Qu’est-ce que ProConnect ? (nouvel onglet)
        </a>
      </p>
    </Section>
  );
}

function Passkey({ onDone, needsName }: { onDone: (session: Session) => void; needsName: string }) {
  const [said, setSaid] = useState('');
  const enter = useSubmit(
    async () => {
      setSaid('');
      try {
        const { options } = await unwrap(api.POST('/api/v1/sign-in/passkey/options'));
        const credential = await askPasskey(options);
        return await unwrap(api.POST('/api/v1/sign-in/passkey', { body: { credential } }));
      } catch (error) {
        if (gaveUp(error)) return null;
        throw error;
      }
    },
    (session) =>
      session ? onDone(session) : setSaid('Aucune clé d’accès n’a été choisie. Vous pouvez réessayer.'),
  );
  return (
    <Section
      title="Avec une clé d’accès"
      intro="Votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît, sans rien taper."
    >
      {enter.failure && <Failure error={enter.failure} />}
      {needsName ? (
        <p>
          Les clés d’accès demandent une adresse en lettres :{' '}
          <a href={`${needsName}/connexion`}>ouvrir {needsName}</a>.
        </p>
      ) : (
        <Button className="start" busy={enter.busy} onClick={() => enter.submit()}>
          Utiliser une clé d’accès
        </Button>
      )}
      {said && <Notice tone="info" live title={said} />}
    </Section>
  );
}

function Passphrase({ onDone }: { onDone: (session: Session) => void }) {
  const [email, setEmail] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/sign-in/passphrase', { body: { email, passphrase } })),
    onDone,
  );
  return (
    <Section title="Avec une phrase de passe">
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit(
            required(
              { email, passphrase },
              { email: 'Tapez votre adresse électronique', passphrase: 'Tapez votre phrase de passe' },
            ),
          )
        }
      >
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name="email"
          type="email"
          label="Adresse électronique"
          value={email}
          onChange={setEmail}
          error={form.errors['email']}
          native={{ autoComplete: 'username' }}
        />
        <PassphraseField
          name="passphrase"
          label="Phrase de passe"
          value={passphrase}
          onChange={setPassphrase}
          error={form.errors['passphrase']}
          native={{ autoComplete: 'current-password' }}
        />
        <Button type="submit" look="primary" className="start" busy={form.busy}>
          Se connecter
        </Button>
        <p>
          <Link to="/mot-de-passe-oublie">J’ai oublié ma phrase de passe</Link>
        </p>
      </Form>
    </Section>
  );
}

function Code({ onDone }: { onDone: (session: Session) => void }) {
  const [code, setCode] = useState('');
  const form = useSubmit(() => unwrap(api.POST('/api/v1/sign-in/second-factor', { body: { code } })), onDone);
  const over = form.failure && explain(form.failure).status === 401;
  useEffect(() => document.querySelector('h1')?.focus(), []);
  return (
    <>
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() => form.submit(required({ code }, { code: 'Tapez le code de votre application' }))}
      >
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name="code"
          label="Code à six chiffres, ou code de secours"
          hint="Le code de votre application change toutes les trente secondes. Un code de secours sert une seule fois."
          value={code}
          onChange={setCode}
          width="medium"
          error={form.errors['code']}
          native={{ autoComplete: 'one-time-code', inputMode: 'text' }}
        />
        <Button type="submit" look="primary" className="start" busy={form.busy}>
          Continuer
        </Button>
      </Form>
      {over && (
        <Box>
          <a href="/connexion">Recommencer la connexion</a>
        </Box>
      )}
      <Passkey onDone={onDone} needsName="" />
    </>
  );
}
