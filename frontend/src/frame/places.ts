import type { LinkProps } from '@tanstack/react-router';
import type { IconName } from '../ui/Icon';

export interface Place {
  icon: IconName;
  title: string;
  text: string;
  link: LinkProps;
}

export interface District {
  title: string;
  places: Place[];
}

/** What the menu keeps under « Ressources »; the site map shows the same list. A room adds its public pages here. */
export const RESOURCES: District[] = [
  {
    title: 'Comprendre',
    places: [
      {
        icon: 'scale',
        title: 'Vos obligations',
        text: 'Chaque obligation avec son article, sa date et son degré de vérification.',
        link: { to: '/obligations' },
      },
      {
        icon: 'book',
        title: 'Familles d’achat',
        text: 'Ce qui compte, le marché, ce qu’il ne faut pas demander.',
        link: { to: '/familles' },
      },
      {
        icon: 'book',
        title: 'Glossaire',
        text: 'Chaque terme des clauses, défini une fois.',
        link: { to: '/glossaire' },
      },
    ],
  },
  {
    title: 'Se former et échanger',
    places: [
      {
        icon: 'person',
        title: 'Se former',
        text: 'Douze modules pour les acheteurs, les élus et les entreprises.',
        link: { to: '/formation' },
      },
      {
        icon: 'person',
        title: 'Communauté',
        text: 'Des espaces pour poser une question et partager ce qui a marché.',
        link: { to: '/communaute' },
      },
      {
        icon: 'person',
        title: 'Référents',
        text: 'Qui accepte qu’on l’interroge, par famille, territoire et espace.',
        link: { to: '/referents' },
      },
      {
        icon: 'path',
        title: 'Événements',
        text: 'Rencontres, visites et webinaires, avec inscription et agenda.',
        link: { to: '/evenements' },
      },
      {
        icon: 'file',
        title: 'Aides et appels à projets',
        text: 'Ce que les financeurs publient, avec dates et éco-conditions.',
        link: { to: '/aides' },
      },
    ],
  },
  {
    title: 'S’engager et suivre',
    places: [
      {
        icon: 'book',
        title: 'Tableau de bord',
        text: 'Les clauses utilisées, par levier, famille et département.',
        link: { to: '/tableau-de-bord' },
      },
      {
        icon: 'person',
        title: 'Signataires de la charte',
        text: 'Le registre public et sa carte.',
        link: { to: '/charte/signataires' },
      },
      {
        icon: 'path',
        title: 'Indicateurs SPASER',
        text: 'Ce que les organismes publient sur deux ans.',
        link: { to: '/spaser' },
      },
    ],
  },
  {
    title: 'Calculer et réutiliser',
    places: [
      {
        icon: 'path',
        title: 'Outils',
        text: 'Simulateur de classement, coût du cycle de vie, déclaration AGEC.',
        link: { to: '/outils' },
      },
      {
        icon: 'file',
        title: 'API et données ouvertes',
        text: 'Toutes les clauses, sans clé, sous Licence Ouverte 2.0.',
        link: { to: '/api' },
      },
    ],
  },
];
