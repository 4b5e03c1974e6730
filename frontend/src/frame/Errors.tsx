import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from '../ui/Button';
import { Page } from '../ui/Page';
import { Failure } from '../ui/State';

function WaysOut() {
  return (
    <ul className="bullets">
      <li>
        <Link to="/">Revenir à l’accueil</Link>
      </li>
      <li>
        <Link to="/clauses">Chercher une clause dans la bibliothèque</Link>
      </li>
      <li>
        <Link to="/assistant">Reprendre mon dossier dans l’Assistant</Link>
      </li>
    </ul>
  );
}

export function NotFound() {
  return (
    <Page
      title="Cette page n’existe pas"
      lead="L’adresse est peut-être incomplète, ou la page a changé de place. Votre brouillon n’est pas touché."
      narrow
    >
      <WaysOut />
    </Page>
  );
}

/** A screen that broke: the rest of the site still stands. */
export function Crash({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="Cette page a rencontré une erreur" narrow>
      <Failure error={error} kept="Votre brouillon est conservé dans ce navigateur." />
      <Button look="primary" className="start" onClick={reset}>
        Réessayer
      </Button>
      <WaysOut />
    </Page>
  );
}
