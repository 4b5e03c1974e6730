import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RESOURCES } from '../frame/places';
import { vocabularyQuery } from '../library/api';
import { STEPS } from '../purchases/steps';
import { Page, Section } from '../ui/Page';

export function Sitemap() {
  const { data } = useQuery(vocabularyQuery);
  return (
    <Page title="Plan du site" narrow>
      <Section title="Préparer un marché">
        <ul className="bullets">
          <li>
            <Link to="/">Accueil</Link>
          </li>
          <li>
            <Link to="/assistant">Assistant</Link>
          </li>
          {STEPS.map((step, index) => (
            <li key={step.id}>
              <Link to="/assistant/$step" params={{ step: step.id }}>
                Assistant, étape {index + 1} : {step.title}
              </Link>
            </li>
          ))}
          <li>
            <Link to="/dossiers">Mes dossiers</Link>
          </li>
          <li>
            <Link to="/dossiers/existant">Identifier l’existant</Link>
          </li>
          <li>
            <Link to="/selection">Ma sélection</Link>
          </li>
          <li>
            <Link to="/analyse">Analyser un dossier existant</Link>
          </li>
          <li>
            <Link to="/analyse/gardes">Fichiers gardés</Link>
          </li>
        </ul>
      </Section>
      <Section title="Mon compte">
        <ul className="bullets">
          <li>
            <Link to="/connexion">Se connecter</Link>
          </li>
          <li>
            <Link to="/creer-un-compte">Créer un compte</Link>
          </li>
          <li>
            <Link to="/mot-de-passe-oublie">Phrase de passe oubliée</Link>
          </li>
          <li>
            <Link to="/mon-compte">Mon compte</Link>
          </li>
          <li>
            <Link to="/mon-organisation">Mon organisation</Link>
          </li>
          <li>
            <Link to="/webhooks">Webhooks</Link>
          </li>
          <li>
            <Link to="/edition">Rédaction des clauses</Link>
          </li>
        </ul>
      </Section>
      <Section title="Outils">
        <ul className="bullets">
          <li>
            <Link to="/outils/simulateur">Simuler le classement des offres</Link>
          </li>
          <li>
            <Link to="/outils/cout-cycle-de-vie">Calculer le coût du cycle de vie</Link>
          </li>
          <li>
            <Link to="/outils/declaration-agec">Déclaration AGEC</Link>
          </li>
        </ul>
      </Section>
      <Section title="Bibliothèque">
        <ul className="bullets">
          <li>
            <Link to="/clauses">Toutes les clauses</Link>
          </li>
          {(data?.families ?? []).map((family) => (
            <li key={family.code}>
              <Link to="/familles/$code" params={{ code: family.code }}>
                {family.label}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Entreprises et sourçages">
        <ul className="bullets">
          <li>
            <Link to="/entreprises">Annuaire des entreprises</Link>
          </li>
          <li>
            <Link to="/sourcages">Sourçages</Link>
          </li>
          <li>
            <Link to="/gisements">Gisements de matières</Link>
          </li>
          <li>
            <Link to="/programmes">Achats à venir</Link>
          </li>
          <li>
            <Link to="/plan-achats">Vérifier un plan d’achats</Link>
          </li>
          <li>
            <Link to="/ma-fiche">La fiche de mon entreprise</Link>
          </li>
          <li>
            <Link to="/alertes">Mes alertes</Link>
          </li>
        </ul>
      </Section>
      <Section title="Charte">
        <ul className="bullets">
          <li>
            <Link to="/charte">La charte de l’achat circulaire</Link>
          </li>
          <li>
            <Link to="/charte/adhesion">Adhérer à la charte</Link>
          </li>
          <li>
            <Link to="/charte/dossiers">Mes dossiers face à la charte</Link>
          </li>
          <li>
            <Link to="/charte/suivi">Mes engagements</Link>
          </li>
          <li>
            <Link to="/charte/agec">Suivi AGEC (article 58)</Link>
          </li>
          <li>
            <Link to="/charte/spaser">Indicateurs SPASER</Link>
          </li>
        </ul>
      </Section>
      <Section title="Ressources">
        <ul className="bullets">
          <li>
            <Link to="/ressources">Toutes les ressources</Link>
          </li>
          {RESOURCES.flatMap((district) => district.places).map((place) => (
            <li key={place.title}>
              <Link {...place.link}>{place.title}</Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="À propos">
        <ul className="bullets">
          <li>
            <Link to="/accessibilite">Accessibilité</Link>
          </li>
          <li>
            <Link to="/mentions-legales">Mentions légales</Link>
          </li>
          <li>
            <Link to="/donnees-personnelles">Données personnelles</Link>
          </li>
          <li>
            <Link to="/licence">Licence Ouverte 2.0</Link>
          </li>
          <li>
            <Link to="/aide">Aide</Link>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
