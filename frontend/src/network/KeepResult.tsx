import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { Button } from '../ui/Button';
import { Failure, Said } from '../ui/State';
import type { Answers } from './lessons';
import { choicesOf, sendAnswers } from './progressApi';

/** At the end of a quiz: the result goes to the account of whoever has one. */
export function KeepResult({
  code,
  answers,
  questions,
}: {
  code: string;
  answers: Answers;
  questions: number;
}) {
  const session = useSession();
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const choices = choicesOf(answers, questions);
  const form = useSubmit(
    () => sendAnswers(code, choices ?? []),
    (kept) => {
      setSaid(
        kept.passed_at
          ? `Module réussi, enregistré : ${kept.right} sur ${kept.questions}.`
          : `Enregistré : ${kept.right} sur ${kept.questions}. Il faut 70 % de bonnes réponses.`,
      );
      void queries.invalidateQueries({ queryKey: ['training-progress'] });
    },
  );
  if (!choices || !session) return null;
  if (!session.person)
    return (
      <p>
        <Link to="/connexion" search={{ retour: `/formation/${code}` }}>
          Connectez-vous
        </Link>{' '}
        pour garder ce résultat et obtenir votre attestation. Vos réponses restent dans ce navigateur.
      </p>
    );
  return (
    <div className="stack tight">
      {form.failure && <Failure error={form.failure} kept="Vos réponses restent dans ce navigateur." />}
      <div className="row">
        <Button look="primary" busy={form.busy} onClick={() => form.submit()}>
          Enregistrer dans ma progression
        </Button>
        <Said>{said}</Said>
      </div>
    </div>
  );
}
