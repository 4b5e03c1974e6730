import { useQuery } from '@tanstack/react-query';
import type { components } from '../api/schema';
import { Table } from '../ui/Table';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { accessibilityQuery } from './api';
import { Contact, Publisher } from './Operator';

const STATES = {
  conforme: 'Conforme, tenu par un test',
  'non-conforme': 'Non conforme',
  'non-applicable': 'Non applicable',
  'a-auditer': 'À auditer par une personne',
} as const;

function Criteria({ known }: { known: components['schemas']['AccessibilityOut'] }) {
  return (
    <Section title={`Les 106 critères du RGAA ${known.version}`}>
      <Table
        caption="Où en sont les critères"
        head={['État', 'Critères']}
        rows={Object.entries(STATES).map(([state, label]) => [label, String(known.counts[state] ?? 0)])}
      />
      {known.topics.map((topic) => (
        <details key={topic.title}>
          <summary>{topic.title}</summary>
          <Table
            caption={`Critères : ${topic.title.toLowerCase()}`}
            head={['Critère', 'Intitulé abrégé', 'État', 'Preuve ou raison']}
            rows={topic.criteria.map((one) => [
              one.id,
              one.title,
              STATES[one.state],
              one.proof ? `Test ${one.proof.split('::')[1]}` : one.reason,
            ])}
          />
        </details>
      ))}
    </Section>
  );
}

export function Accessibility() {
  const known = useQuery(accessibilityQuery);
  return (
    <Page title={`Accessibilité : ${known.data?.declared ?? 'non conforme'}`} narrow lead={<Publisher />}>
      <Section title="État de conformité">
        <p>
          Clausier n’est <strong>pas conforme</strong> au référentiel général d’amélioration de
          l’accessibilité (RGAA, version 4.1.2) : aucun audit de conformité n’a encore été mené. Tant qu’un
          auditeur n’a pas mesuré un taux de conformité, aucun pourcentage n’est annoncé.
        </p>
        <p>Cette page n’est pas une déclaration de conformité : celle-ci suivra le premier audit.</p>
      </Section>
      <Section title="Ce qui est fait">
        <ul className="bullets">
          <li>
            Chaque écran est contrôlé par axe-core à chaque changement, en clair, en sombre et à 375 pixels.
          </li>
          <li>L’Assistant est parcouru de bout en bout au clavier seul par un test automatique.</li>
          <li>
            Le site s’adapte au zoom, à l’impression, aux couleurs forcées et à la réduction des animations.
          </li>
          <li>
            Les graphiques sont doublés d’un tableau ; aucune information ne passe par la seule couleur.
          </li>
        </ul>
      </Section>
      <Section title="Ce qui ne l’est pas">
        <ul className="bullets">
          <li>Aucun essai avec un lecteur d’écran (NVDA, VoiceOver) n’a été fait par une personne.</li>
          <li>Les contrôles automatiques ne voient qu’une partie des 106 critères du RGAA.</li>
          <li>Les documents DOCX produits n’ont pas été audités.</li>
        </ul>
      </Section>
      {known.data && <Criteria known={known.data} />}
      <Section title="Signaler une difficulté">
        <p>
          Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez-nous : nous vous proposerons
          une autre forme. <Contact />
        </p>
      </Section>
      <Section title="Voie de recours">
        <p>
          Si vous avez signalé un défaut d’accessibilité et n’avez pas obtenu de réponse satisfaisante, vous
          pouvez saisir le Défenseur des droits :
        </p>
        <ul className="bullets">
          <li>
            par le{' '}
            <a href="https://formulaire.defenseurdesdroits.fr/">
              formulaire en ligne du Défenseur des droits
            </a>{' '}
            ;
          </li>
          <li>auprès de son délégué dans votre région ;</li>
          <li>
            par courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX
            07.
          </li>
        </ul>
      </Section>
      <Notice tone="neutral" title="Base légale">
        <p>Article 47 de la loi n° 2005-102 du 11 février 2005.</p>
      </Notice>
    </Page>
  );
}
