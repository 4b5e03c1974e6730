/* The French of the closed lists of the accounts room. */
export const ROLES = [
  { value: 'reader', label: 'Lecteur', hint: 'Lit les dossiers de l’organisation' },
  { value: 'writer', label: 'Rédacteur', hint: 'Crée et modifie les dossiers' },
  {
    value: 'administrator',
    label: 'Administrateur',
    hint: 'Gère aussi les membres ; second facteur obligatoire',
  },
] as const;
export type RoleName = (typeof ROLES)[number]['value'];

export const KINDS = [
  { value: 'local_authority', label: 'Collectivité territoriale ou groupement' },
  { value: 'public_establishment', label: 'Établissement public' },
  { value: 'state', label: 'État' },
  { value: 'contracting_entity', label: 'Entité adjudicatrice (énergie, eau, transports)' },
  { value: 'firm', label: 'Entreprise, association ou structure qui répond aux marchés' },
] as const;
export type KindName = (typeof KINDS)[number]['value'];

export const PLATFORM_ROLES = [
  { value: 'editor', label: 'Éditeur' },
  { value: 'legal_reviewer', label: 'Juriste valideur' },
  { value: 'platform_admin', label: 'Administrateur de la plateforme' },
] as const;
export type PlatformRoleName = (typeof PLATFORM_ROLES)[number]['value'];

export function labelIn(list: readonly { value: string; label: string }[], value: string): string {
  return list.find((one) => one.value === value)?.label ?? value;
}

/** « 732 829 320 00074 », as a SIRET is written. */
export function spacedSiret(siret: string): string {
  return siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1\u00a0$2\u00a0$3\u00a0$4');
}
