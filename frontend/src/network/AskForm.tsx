import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { required, useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Select, TextArea, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Failure } from '../ui/State';
import { useRefreshNetwork } from './talkApi';

/** One sentence for those who are not signed in yet, with the way in. */
export function SignInFirst({ to }: { to: string }) {
  const here = useRouterState({ select: (state) => state.location.pathname + state.location.searchStr });
  return (
    <p>
      <Link to="/connexion" search={{ retour: here }}>
        Connectez-vous
      </Link>{' '}
      {to}
    </p>
  );
}

export function AskForm({
  space,
  clause,
  spaces,
}: {
  space: string;
  clause: string;
  spaces: { code: string; title: string }[];
}) {
  const session = useSession();
  const navigate = useNavigate();
  const refresh = useRefreshNetwork();
  const [draft, setDraft] = useState({ space: '', title: '', text: '', clause });
  const [key, setKey] = useState(newKey);
  const set = (change: Partial<typeof draft>) => {
    setDraft({ ...draft, ...change });
    setKey(newKey());
  };
  const chosen = draft.space || space;
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/questions', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            space: chosen,
            title: draft.title,
            text: draft.text,
            clause_id: draft.clause.trim().toUpperCase() || null,
          },
        }),
      ),
    (made) => {
      refresh();
      void navigate({ to: '/communaute/questions/$id', params: { id: String(made.id) } });
    },
  );
  if (!session) return null;
  if (!session.person) return <SignInFirst to="pour poser une question." />;
  const submit = () =>
    form.submit(
      required(
        { space: chosen, title: draft.title, text: draft.text },
        {
          space: 'Choisissez un espace',
          title: 'Donnez un titre à votre question',
          text: 'Écrivez votre question',
        },
      ),
    );
  return (
    <Form errors={form.errors} attempt={form.attempt} onSubmit={submit}>
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Select
        name="space"
        label="Dans l’espace"
        value={chosen}
        onChange={(value) => set({ space: value })}
        options={[
          { value: '', label: 'Choisir' },
          ...spaces.map((one) => ({ value: one.code, label: one.title })),
        ]}
        error={form.errors['space']}
      />
      <TextField
        name="title"
        label="Votre question en une phrase"
        value={draft.title}
        onChange={(title) => set({ title })}
        error={form.errors['title']}
        native={{ maxLength: 200 }}
      />
      <TextArea
        name="text"
        label="Le détail"
        hint="Votre achat, ce que vous avez essayé, ce qui bloque. Sans donnée personnelle ni nom d’entreprise."
        rows={6}
        value={draft.text}
        onChange={(text) => set({ text })}
        error={form.errors['text']}
      />
      <TextField
        name="clause_id"
        label="Clause concernée"
        optional
        hint="Son identifiant, par exemple CEC-MOB-001."
        width="medium"
        value={draft.clause}
        onChange={(value) => set({ clause: value })}
        error={form.errors['clause_id']}
      />
      <Button type="submit" look="primary" className="start" busy={form.busy}>
        Publier la question
      </Button>
    </Form>
  );
}
