import { Link } from '@tanstack/react-router';
import { shortcutsStore } from '../frame/shortcuts';
import { useStored } from '../frame/storage';
import { Summary } from '../ui/Card';
import { Checkbox } from '../ui/Choice';
import { Page, Section } from '../ui/Page';
import { Contact } from './Operator';

const QUESTIONS = [
  {
    term: 'Dois-je créer un compte ?',
    value: 'Non. Tout l’Assistant, jusqu’aux pièces DOCX, fonctionne sans compte.',
  },
  {
    term: 'Où est mon brouillon ?',
    value:
      'Dans la mémoire de ce navigateur, sur cet appareil. Il survit à un rechargement ; il ne vous suit pas sur un autre poste.',
  },
  {
    term: 'Que veut dire « à vérifier » ?',
    value:
      'Le fait de droit vient d’une source secondaire ou de mémoire. Relisez le texte officiel avant de vous y fier.',
  },
  {
    term: 'Que veulent dire les niveaux ?',
    value:
      'Socle : ce que la plupart des entreprises savent tenir. Avancé : au-delà, là où l’offre existe. Pionnier : ambitieux, à réserver à un achat sourcé.',
  },
  {
    term: 'Puis-je laisser une valeur en blanc ?',
    value: 'Oui. Le nom de la valeur est alors imprimé entre crochets dans la pièce, à compléter à la main.',
  },
  {
    term: 'Puis-je lancer avec un point bloquant ?',
    value:
      'Clausier ne vous empêche pas de télécharger. Un point bloquant signale pourtant un risque sérieux pour la procédure : corrigez-le, ou justifiez-le par écrit.',
  },
];

export function Help() {
  const { on } = useStored(shortcutsStore);
  return (
    <Page title="Aide" narrow>
      <Section title="Questions fréquentes">
        <Summary rows={QUESTIONS} />
      </Section>
      <Section title="Raccourcis clavier" id="raccourcis">
        <Summary
          rows={[
            { term: '/', value: 'Aller à la recherche' },
            { term: 'n et p', value: 'Constat suivant, constat précédent, dans une analyse' },
            { term: 'Ctrl + Entrée', value: 'Valider l’étape de l’Assistant' },
            { term: 'Échap', value: 'Fermer une fenêtre, une liste ou le menu' },
          ]}
        />
        <Checkbox
          name="raccourcis"
          label="Activer les raccourcis à une touche : « / », « n » et « p »"
          hint="Désactivez-le si vous dictez vos commandes ou si un lecteur d’écran utilise ces touches."
          checked={on}
          onChange={(next) => shortcutsStore.write(() => ({ on: next }))}
        />
      </Section>
      <Section title="Nous écrire">
        <p>
          Une clause vous manque ? Dites-nous l’objet de l’achat, ce que vous vouliez demander et les mots que
          vous avez cherchés.
        </p>
        <p>
          <Contact /> Pour une difficulté d’accès, voyez la page{' '}
          <Link to="/accessibilite">Accessibilité</Link>.
        </p>
      </Section>
    </Page>
  );
}
