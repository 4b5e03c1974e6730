import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { TextArea } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Failure } from '../ui/State';
import { useDraft } from './draft';
import type { Moderated } from './Moderate';
import { type Answer, STATES, useRefreshNetwork } from './talkApi';

/** What became of a message, why, and what its author may answer to it. */
export function Standing({
  kind,
  id,
  about,
  told,
}: {
  kind: Moderated;
  id: number;
  about: string;
  told: Pick<Answer, 'state' | 'reason' | 'appeal'>;
}) {
  if (!STATES[told.state]) return null;
  return (
    <Notice tone="warning" title={STATES[told.state] ?? ''}>
      {told.reason && <p>Raison : {told.reason}</p>}
      {told.appeal === 'waiting' && (
        <p>Vous avez contesté : un autre modérateur vous répondra par courriel.</p>
      )}
      {told.appeal === 'rejected' && <p>Votre contestation a été lue : le message reste masqué.</p>}
      {told.appeal === 'possible' && <Contest kind={kind} id={id} about={about} />}
    </Notice>
  );
}

function Contest({ kind, id, about }: { kind: Moderated; id: number; about: string }) {
  const { draft, set } = useDraft({ text: '' });
  const refresh = useRefreshNetwork();
  const name = `contest-${kind}-${id}`;
  const form = useSubmit(() => {
    const asked = { params: { path: { ident: id } }, body: draft };
    if (kind === 'questions')
      return unwrap<unknown>(api.PUT('/api/v1/network/questions/{ident}/appeal', asked));
    if (kind === 'answers') return unwrap<unknown>(api.PUT('/api/v1/network/answers/{ident}/appeal', asked));
    return unwrap<unknown>(api.PUT('/api/v1/network/experiences/{ident}/appeal', asked));
  }, refresh);
  const said = form.errors['text'];
  return (
    <Details
      summary={
        <>
          Contester<span className="hidden"> le masquage de {about}</span>
        </>
      }
    >
      <Form
        errors={said ? { [name]: said } : {}}
        attempt={form.attempt}
        onSubmit={() =>
          form.submit(required(draft, { text: 'Dites pourquoi ce message peut rester visible' }))
        }
      >
        {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
        <TextArea
          name={name}
          label="Pourquoi ce message peut rester visible"
          hint="Un autre modérateur que celui qui l’a masqué vous répond. On conteste une décision une seule fois."
          value={draft.text}
          onChange={(text) => set({ text })}
          error={said}
        />
        <Button type="submit" small busy={form.busy} className="start">
          Envoyer la contestation
        </Button>
      </Form>
    </Details>
  );
}
