/* The French of the editorial room. */

export const STATUSES: Record<string, string> = {
  draft: 'Brouillon',
  review: 'En relecture',
  published: 'Publiée',
  refused: 'Refusée',
  abandoned: 'Abandonnée',
};

export const KINDS = [
  { value: 'law', label: 'Le droit a changé' },
  { value: 'norm', label: 'Une norme ou un label a changé' },
  { value: 'market', label: 'Le marché a changé' },
  { value: 'wording', label: 'La rédaction est meilleure' },
  { value: 'error', label: 'Une erreur est corrigée' },
  { value: 'creation', label: 'Clause nouvelle' },
] as const;
export type Kind = (typeof KINDS)[number]['value'];

export const READINGS: Record<string, string> = {
  legal: 'Relecture juridique',
  technical: 'Relecture technique',
};

export const ACTS: Record<string, string> = {
  'clause.proposed': 'Proposition ouverte',
  'clause.written': 'Texte enregistré',
  'clause.submitted': 'Envoyée à la relecture',
  'clause.approved': 'Relecture favorable',
  'clause.returned': 'Renvoyée en rédaction',
  'clause.refused': 'Refusée',
  'clause.reopened': 'Reprise',
  'clause.abandoned': 'Abandonnée',
  'clause.rebased': 'Reprise sur la version en cours',
  'clause.published': 'Publiée',
};

export const MESSAGES: Record<string, string> = {
  received: 'Reçu',
  in_progress: 'En cours',
  answered: 'Répondu',
  closed: 'Classé',
};

export const SUBJECTS: Record<string, string> = {
  law: 'Le droit',
  wording: 'Le texte',
  market: 'L’offre du marché',
  proof: 'Les preuves',
  other: 'Autre sujet',
};

export const WATCHED: Record<string, string> = {
  overdue: 'Relecture en retard',
  overtaken: 'Rappelle la loi',
  lowered: 'Niveau abaissé',
  coming: 'Bientôt rattrapée',
  text_changed: 'Texte modifié',
};

/** « aujourd’hui », « depuis 3 jours ». */
export function age(days: number): string {
  if (days < 1) return 'aujourd’hui';
  return days === 1 ? 'depuis 1 jour' : `depuis ${days} jours`;
}
