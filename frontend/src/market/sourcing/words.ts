/* The codes of sourcings in French. */

export const STAGES: Record<string, string> = {
  draft: 'Brouillon',
  open: 'Ouvert',
  closed: 'Clos',
  silent: 'Consultation lancée',
  withdrawn: 'Retiré',
};
export const FEASIBILITY = [
  { value: 'as_written', label: 'Faisable tel quel' },
  { value: 'if', label: 'Faisable sous condition' },
  { value: 'not', label: 'Pas faisable' },
];
export const COSTS = [
  { value: '', label: 'À préciser' },
  { value: 'less', label: 'Moins cher' },
  { value: 'none', label: 'Sans surcoût' },
  { value: 'under_5', label: 'Surcoût de moins de 5 %' },
  { value: 'from_5_to_15', label: 'Surcoût de 5 à 15 %' },
  { value: 'over_15', label: 'Surcoût de plus de 15 %' },
  { value: 'unknown', label: 'Effet inconnu' },
];
export const BLOCKERS = [
  { value: '', label: 'À préciser' },
  { value: 'nothing', label: 'Rien ne bloque' },
  { value: 'supply', label: 'Approvisionnement' },
  { value: 'proof', label: 'Preuve demandée' },
  { value: 'volume', label: 'Volume' },
  { value: 'territory', label: 'Territoire' },
  { value: 'delay', label: 'Délai' },
  { value: 'cost', label: 'Coût' },
  { value: 'wording', label: 'Rédaction de la clause' },
];
export const LEVELS = [
  { value: '', label: 'À préciser' },
  { value: '1', label: 'Niveau 1, socle' },
  { value: '2', label: 'Niveau 2, avancé' },
  { value: '3', label: 'Niveau 3, pionnier' },
];
export const REFUSALS = [
  { value: 'too_far', label: 'Hors de notre territoire' },
  { value: 'too_big', label: 'Volume trop important' },
  { value: 'too_small', label: 'Volume trop faible' },
  { value: 'not_our_trade', label: 'Hors de notre métier' },
  { value: 'no_capacity', label: 'Pas de capacité à cette période' },
  { value: 'too_short', label: 'Délai de réponse trop court' },
  { value: 'cannot_meet', label: 'Exigences que nous ne pouvons pas tenir' },
  { value: 'not_interested', label: 'Pas d’intérêt pour ce marché' },
];
export const STATES: Record<string, string> = {
  to_answer: 'À répondre',
  answered: 'Répondu',
  refused: 'Refus motivé',
  missed: 'Sans réponse',
};

export const labelOf = (options: { value: string; label: string }[], value: string | null | undefined) =>
  options.find((one) => one.value === (value ?? ''))?.label ?? '';

const CLOSING = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** « vendredi 15 janvier 2027 à 18:00:00, heure de Paris ». */
export function closing(iso: string | null): string {
  return iso ? `${CLOSING.format(new Date(iso))}, heure de Paris` : 'date à fixer';
}
