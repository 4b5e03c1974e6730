import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
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
import { useSubmit } from './submit';

export function MyData({ session }: { session: Session }) {
  return (
    <div className="stack loose">
      <p className="measure">
        Ce que Clausier garde, pourquoi et combien de temps :{' '}
        <Link to="/donnees-personnelles">le registre des données personnelles</Link>.
      </p>
      <Fresh session={session}>
        <Export />
        <Erasure email={session.person?.email ?? ''} />
      </Fresh>
    </div>
  );
}

function Export() {
  const [said, setSaid] = useState('');
  const ask = useSubmit(
    async () => {
      const file = await unwrap(api.POST('/api/v1/me/export', { parseAs: 'blob' }));
      return file as Blob;
    },
    (file) => {
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = 'mes-donnees-clausier.zip';
      link.click();
      URL.revokeObjectURL(url);
      setSaid('Le fichier est téléchargé.');
    },
  );
  return (
    <Section
      title="Télécharger mes données"
      intro="Un fichier ZIP : tout ce qui se rapporte à vous, en JSON, sans les secrets."
    >
      {ask.failure && <Failure error={ask.failure} />}
      <div className="row">
        <Button busy={ask.busy} onClick={() => ask.submit()}>
          Télécharger mes données
        </Button>
        <Said>{said}</Said>
      </div>
    </Section>
  );
}

function Erasure({ email }: { email: string }) {
  const [typed, setTyped] = useState('');
  const refresh = useRefreshSession();
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: ['me', 'erasure'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/me/erasure', { signal })),
    staleTime: 0,
  });
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/me/erasure', { body: { email: typed } })),
    () => {
      void refresh().then(() => navigate({ to: '/' }));
    },
  );
  const alone = query.data?.alone_in ?? [];
  return (
    <Section
      title="Effacer mon compte"
      intro="Votre nom, votre adresse et vos accès sont effacés tout de suite, et pour toujours. Les dossiers restent à votre organisation, sans votre nom."
    >
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {alone.length > 0 ? (
        <Notice tone="warning" title="Nommez d’abord un autre administrateur">
          <p>
            Vous êtes le seul administrateur de : {alone.join(', ')}.{' '}
            <Link to="/mon-organisation">Ouvrir mon organisation</Link>
          </p>
        </Notice>
      ) : (
        <Form
          errors={form.errors}
          attempt={form.attempt}
          onSubmit={() =>
            form.submit(
              typed.trim().toLowerCase() === email
                ? {}
                : { email: `Tapez ${email} pour confirmer l’effacement` },
            )
          }
        >
          {form.failure && <Failure error={form.failure} />}
          <TextField
            name="email"
            type="email"
            label="Tapez votre adresse électronique pour confirmer"
            value={typed}
            onChange={setTyped}
            error={form.errors['email']}
            native={{ autoComplete: 'off' }}
          />
          <Button type="submit" look="danger" className="start" busy={form.busy}>
            Effacer mon compte
          </Button>
        </Form>
      )}
    </Section>
  );
}
