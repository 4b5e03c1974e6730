import { Link } from '@tanstack/react-router';
import { Page, Section } from '../ui/Page';
import { Contact, Host, Publisher } from './Operator';
import { Register } from './Register';

export function LegalNotice() {
  return (
    <Page title="Mentions légales" narrow>
      <Section title="Éditeur">
        <Publisher />
        <p>
          <Contact />
        </p>
      </Section>
      <Section title="Hébergement">
        <Host />
      </Section>
      <Section title="Ce que Clausier est, et n’est pas">
        <p>
          Clausier est une aide à la rédaction. Il ne donne pas de consultation juridique : l’acheteur reste
          responsable de ses pièces. Chaque fait de droit est accompagné de son degré de vérification ; « à
          vérifier » signifie que le texte officiel n’a pas été relu.
        </p>
      </Section>
      <Section title="Propriété des contenus">
        <p>
          Les textes des clauses sont sous Licence Ouverte 2.0. Le code du logiciel est sous licence EUPL-1.2.
          La police Atkinson Hyperlegible Next, servie par ce site, est sous licence SIL Open Font 1.1.
        </p>
      </Section>
    </Page>
  );
}

export function Privacy() {
  return (
    <Page title="Données personnelles" narrow>
      <Section title="Sans compte, sans cookie">
        <p>
          Tant que vous ne vous connectez pas, le site ne dépose aucun cookie. À la connexion, il en dépose un
          seul, qui tient votre session et disparaît avec elle. Il n’utilise aucun outil de mesure d’audience
          et ne charge rien depuis un autre site.
        </p>
      </Section>
      <Section title="Ce que garde votre navigateur">
        <p>
          Votre brouillon (description de l’achat, clauses, valeurs) et votre choix de raccourcis clavier sont
          gardés dans la mémoire locale de ce navigateur. Ils y restent jusqu’à ce que vous choisissiez « 
          Recommencer » ou que vous effaciez les données du site. Sur un poste partagé, effacez votre
          brouillon en partant.
        </p>
      </Section>
      <Section title="Ce que reçoit le serveur">
        <p>
          Pour calculer vos obligations, proposer des clauses et composer les pièces, votre navigateur envoie
          la description de l’achat et vos choix. Le serveur répond et ne les enregistre pas.
        </p>
        <p>
          Un dossier envoyé à l’analyse est lu puis oublié. Les constats, avec les mots qu’ils citent, sont
          gardés 24 heures à une adresse connue de vous seul, puis effacés ; vous pouvez les effacer avant.
          Votre navigateur garde le fichier un jour, sur votre poste, pour pouvoir le renvoyer.
        </p>
        <p>
          L’hébergeur peut tenir un journal technique des connexions (adresse IP, date, page), dans les
          conditions que la loi lui impose.
        </p>
      </Section>
      <Register />
      <Section title="Vos droits">
        <p>
          Si vous avez un compte, vous téléchargez vos données et vous l’effacez vous-même, dans{' '}
          <Link to="/mon-compte" search={{ onglet: 'donnees' }}>
            « Mon compte », onglet « Mes données »
          </Link>
          .
        </p>
        <p>
          Vous disposez des droits d’accès, de rectification, d’effacement et d’opposition prévus par le
          règlement général sur la protection des données. <Contact /> Vous pouvez aussi saisir la CNIL.
        </p>
      </Section>
    </Page>
  );
}

export function Licence() {
  return (
    <Page title="Licence Ouverte 2.0" narrow>
      <p>
        Les textes des clauses, les obligations et la charte publiés ici sont sous{' '}
        <a href="https://www.etalab.gouv.fr/licence-ouverte-open-licence/">Licence Ouverte 2.0 (Etalab)</a>.
        Vous pouvez les reproduire, les adapter et les diffuser, y compris dans un usage commercial, à
        condition d’en mentionner la source et la date de dernière mise à jour.
      </p>
      <Section title="Comment citer">
        <p>
          « Clausier, clause CEC-MOB-001, version 1, Licence Ouverte 2.0 », avec la date affichée sur la
          fiche.
        </p>
      </Section>
      <Section title="Réutiliser les données">
        <ul className="bullets">
          <li>
            <a href="/api/v1/clauses.csv">Toutes les clauses en CSV</a>
          </li>
          <li>
            <a href="/api/v1/clauses.jsonl">Toutes les clauses en JSON Lines</a>
          </li>
          <li>
            <a href="/api/v1/openapi.json">La description de l’API (OpenAPI 3.1)</a>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
