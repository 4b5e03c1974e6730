import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Clause } from '../api/types';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Select, TextArea, TextField } from '../ui/Field';
import { Actions, type Errors, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Failure } from '../ui/State';

const SUBJECTS = [
  { value: 'wording', label: 'Le texte de la clause' },
  { value: 'law', label: 'Le droit' },
  { value: 'market', label: 'L’offre du marché' },
  { value: 'proof', label: 'Les preuves ou le contrôle' },
  { value: 'other', label: 'Autre chose' },
] as const;
type Subject = (typeof SUBJECTS)[number]['value'];
interface Message {
  subject: Subject;
  message: string;
  email: string;
}
const BLANK: Message = { subject: 'wording', message: '', email: '' };

/** Any reader may tell the editors what is wrong with a clause; what is typed stays until it is sent. */
export function Feedback({ clause }: { clause: Clause }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(BLANK);
  const [key, setKey] = useState(newKey);
  const [attempt, setAttempt] = useState(0);
  const send = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST('/api/v1/clauses/{ident}/feedback', {
          params: { path: { ident: clause.id }, header: { 'Idempotency-Key': key } },
          body: { ...typed, version: clause.version },
        }),
      ),
    onSuccess: () => setTyped(BLANK),
    onError: () => setAttempt((count) => count + 1),
    onSettled: () => setKey(newKey()),
  });
  const start = () => {
    send.reset();
    setAttempt(0);
    setOpen(true);
  };
  const errors = fieldErrors(send.error);
  const change = (part: Partial<Message>) => setTyped((was) => ({ ...was, ...part }));
  return (
    <>
      <Button onClick={start}>Signaler un problème ou réagir</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Réagir à la clause ${clause.id}`}>
        {send.isSuccess ? (
          <>
            <Notice tone="success" title="Message reçu" live>
              <p>Merci. Les rédacteurs de la bibliothèque le liront ; il n’est pas publié.</p>
            </Notice>
            <Actions>
              <Button look="primary" onClick={() => setOpen(false)}>
                Revenir à la clause
              </Button>
            </Actions>
          </>
        ) : (
          <Form errors={errors} attempt={attempt} onSubmit={() => !send.isPending && send.mutate()}>
            {send.isError && !Object.keys(errors).length && (
              <Failure error={send.error} kept="Votre message reste ici." />
            )}
            <Select
              name="subject"
              label="De quoi parlez-vous ?"
              options={SUBJECTS}
              value={typed.subject}
              onChange={(subject) => change({ subject: subject as Subject })}
            />
            <TextArea
              name="message"
              label="Votre message"
              hint="Ce qui ne va pas, ou ce qui a bien marché dans votre marché."
              rows={6}
              value={typed.message}
              error={errors['message']}
              onChange={(message) => change({ message })}
            />
            <TextField
              name="email"
              label="Votre adresse électronique"
              hint="Seulement pour vous répondre. Elle n’est ni publiée ni transmise."
              optional
              width="medium"
              native={{ inputMode: 'email', autoComplete: 'email', spellCheck: false }}
              value={typed.email}
              error={errors['email']}
              onChange={(email) => change({ email })}
            />
            <Actions>
              <Button look="primary" type="submit" busy={send.isPending}>
                Envoyer
              </Button>
              <Button onClick={() => setOpen(false)}>Annuler</Button>
            </Actions>
          </Form>
        )}
      </Dialog>
    </>
  );
}

function newKey(): string {
  return crypto.randomUUID();
}

function fieldErrors(error: unknown): Errors {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.errors.map(({ pointer, detail }) => [pointer.slice(1), detail]));
}
