import { useState } from 'react';
import { api, unwrap } from '../api/client';
import type { Session } from '../api/types';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Said } from '../ui/State';
import { useRefreshSession } from './api';
import { Fresh } from './Fresh';
import { NameFields } from './NewAccountForm';
import { required, useSubmit } from './submit';

export function Profile({ session }: { session: Session }) {
  return (
    <div className="stack loose">
      <Names person={session.person} />
      <Section
        title="Adresse électronique"
        intro={`Votre adresse est ${session.person?.email ?? ''}. La nouvelle sera utilisée une fois confirmée ; l’ancienne est prévenue.`}
      >
        <Fresh session={session}>
          <NewAddress />
        </Fresh>
      </Section>
    </div>
  );
}

function Names({ person }: { person: Session['person'] }) {
  const [given, setGiven] = useState(person?.given_name ?? '');
  const [family, setFamily] = useState(person?.family_name ?? '');
  const [said, setSaid] = useState('');
  const refresh = useRefreshSession();
  const form = useSubmit(
    () =>
      unwrap(
        api.PATCH('/api/v1/me', {
          body: { given_name: given, family_name: family },
          params: { header: { 'If-Match': `"${person?.version ?? 0}"` } },
        }),
      ),
    () => {
      setSaid('Enregistré.');
      void refresh();
    },
  );
  return (
    <Section
      title="Votre nom"
      intro="Il signe ce que vous écrivez, auprès des membres de votre organisation."
    >
      <Form
        errors={form.errors}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit(
            required(
              { given_name: given, family_name: family },
              { given_name: 'Tapez votre prénom', family_name: 'Tapez votre nom' },
            ),
          )
        }
      >
        {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
        <NameFields
          given={given}
          family={family}
          onGiven={setGiven}
          onFamily={setFamily}
          errors={form.errors}
        />
        <div className="row">
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer
          </Button>
          <Said>{said}</Said>
        </div>
      </Form>
    </Section>
  );
}

function NewAddress() {
  const [email, setEmail] = useState('');
  const [said, setSaid] = useState('');
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/me/email', { body: { email } })),
    (answer) => setSaid(answer.detail),
  );
  return (
    <Form
      errors={form.errors}
      attempt={form.attempt}
      onSubmit={() => form.submit(required({ email }, { email: 'Tapez la nouvelle adresse' }))}
    >
      {form.failure && <Failure error={form.failure} />}
      {said && <Notice tone="success" title={said} live />}
      <TextField
        name="email"
        type="email"
        label="Nouvelle adresse électronique"
        value={email}
        onChange={setEmail}
        error={form.errors['email']}
        native={{ autoComplete: 'email' }}
      />
      <Button type="submit" className="start" busy={form.busy}>
        Recevoir le lien à cette adresse
      </Button>
    </Form>
  );
}
