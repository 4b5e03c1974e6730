import { useState } from 'react';
import { Button } from '../ui/Button';
import { PassphraseField, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Failure } from '../ui/State';
import type { Session } from '../api/types';
import { useTakeSession } from './api';
import { required, useSubmit } from './submit';

export const PASSPHRASE_HINT =
  'Quinze caractères au moins, sans autre règle : quatre ou cinq mots sans lien entre eux conviennent. Collage et gestionnaires de mots de passe sont bienvenus.';

interface Newcomer {
  given_name: string;
  family_name: string;
  passphrase: string;
}

/** Who makes an account, by the link of a letter or of an invitation: one's names and a passphrase. */
export function NewAccountForm({
  children,
  action,
  send,
  onDone,
}: {
  children?: React.ReactNode;
  action: string;
  send: (newcomer: Newcomer) => Promise<Session>;
  onDone: (session: Session) => void;
}) {
  const [given, setGiven] = useState('');
  const [family, setFamily] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const take = useTakeSession();
  const newcomer = { given_name: given, family_name: family, passphrase };
  const form = useSubmit(
    () => send(newcomer),
    (session) => {
      take(session);
      onDone(session);
    },
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() =>
        form.submit(
          required(
            { ...newcomer },
            {
              given_name: 'Tapez votre prénom',
              family_name: 'Tapez votre nom',
              passphrase: 'Choisissez une phrase de passe',
            },
          ),
        )
      }
    >
      {form.failure && <Failure error={form.failure} />}
      {children}
      <NameFields
        given={given}
        family={family}
        onGiven={setGiven}
        onFamily={setFamily}
        errors={form.errors}
      />
      <PassphraseField
        name="passphrase"
        label="Phrase de passe"
        hint={PASSPHRASE_HINT}
        value={passphrase}
        onChange={setPassphrase}
        error={form.errors['passphrase']}
        native={{ autoComplete: 'new-password' }}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        {action}
      </Button>
    </Form>
  );
}

/** A person's two names. */
export function NameFields({
  given,
  family,
  onGiven,
  onFamily,
  errors,
}: {
  given: string;
  family: string;
  onGiven: (value: string) => void;
  onFamily: (value: string) => void;
  errors: Errors;
}) {
  return (
    <>
      <TextField
        name="given_name"
        label="Prénom"
        value={given}
        onChange={onGiven}
        width="medium"
        error={errors['given_name']}
        native={{ autoComplete: 'given-name' }}
      />
      <TextField
        name="family_name"
        label="Nom"
        value={family}
        onChange={onFamily}
        width="medium"
        error={errors['family_name']}
        native={{ autoComplete: 'family-name' }}
      />
    </>
  );
}
