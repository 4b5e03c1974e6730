import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../ui/Button';

/** Back to the step where something was said. */
export function Modify({
  step,
  about,
  clause,
}: {
  step: string;
  about: string;
  clause?: string | undefined;
}) {
  return (
    <Link to="/assistant/$step" params={{ step }} search={clause ? { clause } : {}}>
      Modifier<span className="hidden"> {about}</span>
    </Link>
  );
}

export function NoClauseYet() {
  return (
    <>
      <p>Aucune clause n’est choisie.</p>
      <ButtonLink className="start" to="/assistant/$step" params={{ step: 'clauses' }}>
        Choisir des clauses
      </ButtonLink>
    </>
  );
}
