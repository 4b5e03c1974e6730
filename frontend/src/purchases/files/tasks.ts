import type { FileTask } from '../../api/types';

/** The eight tasks of a file, in their order, as the screens name them. */
export const TASKS: Record<FileTask['id'], { title: string; what: string }> = {
  decrire: { title: 'Décrire l’achat', what: 'L’objet, le montant, la date, l’acheteur' },
  obligations: { title: 'Vérifier les obligations', what: 'Ce que le droit demande à cet achat' },
  sourcer: { title: 'Sourcer', what: 'Demander aux entreprises ce qu’elles savent faire' },
  clauses: { title: 'Choisir les clauses', what: 'Garder, refuser, ajouter' },
  completer: { title: 'Compléter', what: 'Les taux, les délais, les pénalités' },
  relire: { title: 'Relire', what: 'L’approbation du prescripteur, de l’acheteur, du juriste' },
  generer: { title: 'Générer', what: 'Les pièces en DOCX, avec la trace de leurs clauses' },
  suivre: { title: 'Suivre l’exécution', what: 'Ce qui est à contrôler, quand, par qui' },
};

export const STATES: Record<FileTask['state'], string> = {
  todo: 'À faire',
  started: 'Commencé',
  done: 'Fait',
  again: 'À refaire : le dossier a changé',
  not_yet: 'Pas encore possible',
  optional: 'Facultatif',
};

/** The steps of the Assistant that do a task. */
export const STEP_OF = {
  decrire: 'achat',
  obligations: 'obligations',
  clauses: 'clauses',
  completer: 'variables',
  generer: 'documents',
} as const;

export const PARTS = [
  { value: 'prescripteur', label: 'Prescripteur', hint: 'Le service qui exprime le besoin' },
  { value: 'acheteur', label: 'Acheteur', hint: 'La personne qui porte la procédure' },
  { value: 'juriste', label: 'Juriste', hint: 'La personne qui relit le droit' },
] as const;
