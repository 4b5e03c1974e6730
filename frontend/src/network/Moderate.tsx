import { useState } from 'react';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { Select, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Failure, Said } from '../ui/State';
import { REPORTS, useRefreshNetwork } from './talkApi';

type Kind = 'questions' | 'answers';
export type Moderated = Kind | 'experiences';

/** Several of these forms stand on one page: the server's names, made unique as the fields are. */
const named = (errors: Errors, kind: Moderated, id: number): Errors =>
  Object.fromEntries(Object.entries(errors).map(([name, said]) => [`${name}-${kind}-${id}`, said]));

/** Tells the moderators that a message should not stand. */
export function Report({ kind, id, about }: { kind: Kind; id: number; about: string }) {
  const [code, setCode] = useState<(typeof REPORTS)[number]['value']>('advertising');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState('');
  const options = { params: { path: { ident: id } }, body: { code, note } };
  const form = useSubmit(
    () =>
      unwrap<unknown>(
        kind === 'questions'
          ? api.PUT('/api/v1/network/questions/{ident}/report', options)
          : api.PUT('/api/v1/network/answers/{ident}/report', options),
      ),
    () => setSaid('Merci : un modérateur va regarder.'),
  );
  return (
    <Details
      summary={
        <>
          Signaler<span className="hidden"> {about}</span>
        </>
      }
    >
      <Form errors={named(form.errors, kind, id)} attempt={form.attempt} onSubmit={() => form.submit()}>
        {form.failure && <Failure error={form.failure} />}
        <Select
          name={`code-${kind}-${id}`}
          label="Pourquoi"
          value={code}
          options={REPORTS}
          onChange={(value) => setCode(value as typeof code)}
        />
        <TextField
          name={`note-${kind}-${id}`}
          label="Précision"
          optional
          value={note}
          onChange={setNote}
          error={form.errors['note']}
        />
        <div className="row">
          <Button type="submit" small busy={form.busy} about={about}>
            Envoyer le signalement
          </Button>
          <Said>{said}</Said>
        </div>
      </Form>
    </Details>
  );
}

/** Hides with a reason that the author reads, or shows again. */
export function Moderate({
  kind,
  id,
  state,
  about,
  contested = false,
}: {
  kind: Moderated;
  id: number;
  state: string;
  about: string;
  /** Hidden, and its author does not agree: one may keep it hidden, with a reason again. */
  contested?: boolean;
}) {
  const [reason, setReason] = useState('');
  const refresh = useRefreshNetwork();
  const send = (act: 'hide' | 'show') => {
    const options = { params: { path: { ident: id } }, body: { act, reason: act === 'hide' ? reason : '' } };
    if (kind === 'experiences')
      return unwrap<unknown>(api.PUT('/api/v1/network/experiences/{ident}/moderation', options));
    return unwrap<unknown>(
      kind === 'questions'
        ? api.PUT('/api/v1/network/questions/{ident}/moderation', options)
        : api.PUT('/api/v1/network/answers/{ident}/moderation', options),
    );
  };
  const hide = useSubmit(() => send('hide'), refresh);
  const show = useSubmit(() => send('show'), refresh);
  const failure = hide.failure ?? show.failure;
  return (
    <Form
      errors={named(hide.errors, kind, id)}
      attempt={hide.attempt}
      onSubmit={() =>
        hide.submit(required({ reason }, { reason: 'Dites pourquoi : l’auteur lira cette raison.' }))
      }
    >
      {failure && <Failure error={failure} />}
      {(state !== 'hidden' || contested) && (
        <TextField
          name={`reason-${kind}-${id}`}
          label={contested ? 'Raison de maintenir le masquage' : 'Raison du masquage'}
          hint="L’auteur la lira."
          value={reason}
          onChange={setReason}
          error={hide.errors['reason']}
        />
      )}
      <div className="row">
        {(state !== 'hidden' || contested) && (
          <Button type="submit" small look="danger" busy={hide.busy} about={about}>
            {contested ? 'Maintenir masqué' : 'Masquer'}
          </Button>
        )}
        {state !== 'visible' && (
          <Button small busy={show.busy} about={about} onClick={() => show.submit()}>
            Montrer à tous
          </Button>
        )}
      </div>
    </Form>
  );
}
