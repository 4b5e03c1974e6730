import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { PassphraseField, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure } from '../ui/State';
import { tokenInAddress, useTakeSession } from './api';
import { NewAccountForm, PASSPHRASE_HINT } from './NewAccountForm';
import { required, useSubmit } from './submit';

/** An address typed, a letter sent: the same screen to make an account and to recover one. */
function ByLetter({
  title,
  lead,
  action,
  send,
}: {
  title: string;
  lead: string;
  action: string;
  send: (email: string) => Promise<{ detail: string }>;
}) {
  const [email, setEmail] = useState('');
  const [said, setSaid] = useState('');
  const form = useSubmit(
    () => send(email),
    (answer) => setSaid(answer.detail),
  );
  return (
    <Page title={title} lead={lead} narrow>
      {said ? (
        <Notice tone="success" title="Regardez votre messagerie" live>
          <p>{said}</p>
          <p>
            Rien après quelques minutes ? Cherchez dans les indésirables, puis vérifiez l’adresse : {email}.
          </p>
          <Button small className="start" onClick={() => setSaid('')}>
            Changer d’adresse
          </Button>
        </Notice>
      ) : (
        <Form
          errors={form.errors}
          attempt={form.attempt}
          onSubmit={() => form.submit(required({ email }, { email: 'Tapez votre adresse électronique' }))}
        >
          {form.failure && <Failure error={form.failure} />}
          <TextField
            name="email"
            type="email"
            label="Adresse électronique professionnelle"
            value={email}
            onChange={setEmail}
            error={form.errors['email']}
            native={{ autoComplete: 'email' }}
          />
          <Button type="submit" look="primary" className="start" busy={form.busy}>
            {action}
          </Button>
          <p>
            <Link to="/connexion">J’ai déjà un compte</Link>
          </p>
        </Form>
      )}
    </Page>
  );
}

export function SignUp() {
  return (
    <ByLetter
      title="Créer un compte"
      lead="Un lien part à votre adresse ; il ouvre la suite. Le compte sert à garder et partager des dossiers, rien d’autre."
      action="Recevoir le lien"
      send={(email) => unwrap(api.POST('/api/v1/sign-up', { body: { email } }))}
    />
  );
}

export function Forgotten() {
  return (
    <ByLetter
      title="Phrase de passe oubliée"
      lead="Un lien part à l’adresse de votre compte. Il permet d’en choisir une autre."
      action="Recevoir le lien"
      send={(email) => unwrap(api.POST('/api/v1/passphrase/reset', { body: { email } }))}
    />
  );
}

export function Confirm() {
  const [token] = useState(tokenInAddress);
  const navigate = useNavigate();
  return (
    <Page title="Terminer votre compte" narrow>
      <NewAccountForm
        action="Créer mon compte"
        send={(body) => unwrap(api.POST('/api/v1/sign-up/complete', { body: { token, ...body } }))}
        onDone={(session) =>
          void navigate({ to: session.awaits ? '/connexion' : '/mon-organisation', replace: true })
        }
      >
        {!token && <NoToken />}
      </NewAccountForm>
    </Page>
  );
}

export function NoToken() {
  return (
    <Notice tone="warning" title="Cette adresse est incomplète">
      <p>
        Ouvrez le lien du message en entier : il se termine par une longue suite de lettres après le signe #.
      </p>
    </Notice>
  );
}

export function ChoosePassphrase() {
  const [token] = useState(tokenInAddress);
  const [passphrase, setPassphrase] = useState('');
  const take = useTakeSession();
  const navigate = useNavigate();
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/passphrase/reset/complete', { body: { token, passphrase } })),
    (session) => {
      take(session);
      void navigate({ to: session.awaits ? '/connexion' : '/mon-compte', replace: true });
    },
  );
  return (
    <Page
      title="Choisir une phrase de passe"
      lead="Vos sessions ouvertes seront fermées. Si votre compte a un second facteur, il restera demandé."
      narrow
    >
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit(required({ passphrase }, { passphrase: 'Choisissez une phrase de passe' }))
        }
      >
        {form.failure && <Failure error={form.failure} />}
        {!token && <NoToken />}
        <PassphraseField
          name="passphrase"
          label="Nouvelle phrase de passe"
          hint={PASSPHRASE_HINT}
          value={passphrase}
          onChange={setPassphrase}
          error={form.errors['passphrase']}
          native={{ autoComplete: 'new-password' }}
        />
        <Button type="submit" look="primary" className="start" busy={form.busy}>
          Enregistrer
        </Button>
      </Form>
    </Page>
  );
}
