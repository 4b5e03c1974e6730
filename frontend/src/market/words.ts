/* The French of the closed lists of the market. */
export const OFFER_KINDS = [
  { value: 'goods', label: 'Produits' },
  { value: 'reconditioning', label: 'Reconditionnement' },
  { value: 'repair', label: 'Réparation' },
  { value: 'take_back', label: 'Reprise et collecte' },
  { value: 'rental', label: 'Location ou usage' },
  { value: 'material_flow', label: 'Gisement de matières (offert ou cherché)' },
] as const;

export const ANSWERS = [
  { value: 'met', label: 'Oui, dès maintenant' },
  { value: 'met_with_delay', label: 'Oui, dans un délai' },
  { value: 'not_met', label: 'Non' },
  { value: 'not_applicable', label: 'Sans objet pour nous' },
] as const;

export const LEVELS = [
  { value: '1', label: 'Socle' },
  { value: '2', label: 'Avancé' },
  { value: '3', label: 'Pionnier' },
] as const;

export const STATUSES = [
  { value: 'ess', label: 'Économie sociale et solidaire' },
  { value: 'siae', label: 'Insertion par l’activité économique' },
  { value: 'ea', label: 'Entreprise adaptée ou ESAT' },
] as const;

export const CONTACTS = [
  {
    value: 'platform',
    label: 'Par Clausier seulement',
    hint: 'Les acheteurs vous invitent à leurs sourçages',
  },
  { value: 'public', label: 'Directement', hint: 'Votre courriel et votre téléphone sont visibles de tous' },
  { value: 'none', label: 'Ne pas me contacter', hint: 'Votre fiche reste visible' },
] as const;

export const AMOUNTS = [
  { value: '', label: 'Non précisé' },
  { value: 'under-25k', label: 'Moins de 25 000 € HT' },
  { value: '25k-100k', label: 'De 25 000 à 100 000 € HT' },
  { value: '100k-221k', label: 'De 100 000 à 221 000 € HT' },
  { value: '221k-1m', label: 'De 221 000 € à 1 M€ HT' },
  { value: 'over-1m', label: 'Plus de 1 M€ HT' },
] as const;

export function labelIn(list: readonly { value: string; label: string }[], value: string): string {
  return list.find((one) => one.value === value)?.label ?? value;
}

const MONTH = new Intl.DateTimeFormat('fr-FR', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** « mars 2027 » */
export function monthOf(iso: string): string {
  return MONTH.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
}
