import { Link } from '@tanstack/react-router';

/** From each page of the charter to the others. */
export function Places() {
  return (
    <p className="no-print row">
      <Link to="/charte">Le texte</Link>
      <Link to="/charte/signataires">Les signataires</Link>
      <Link to="/charte/adhesion">Adhérer</Link>
      <Link to="/charte/dossiers">Mes dossiers face à la charte</Link>
      <Link to="/charte/suivi">Mes engagements</Link>
      <Link to="/charte/agec">Suivi AGEC</Link>
      <Link to="/charte/spaser">SPASER</Link>
      <Link to="/tableau-de-bord">Tableau de bord</Link>
    </p>
  );
}
