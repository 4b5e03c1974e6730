import { number } from '../frame/french';

export const KINDS = [
  { value: 'state', label: 'État' },
  { value: 'local_authority', label: 'Collectivité' },
  { value: 'public_establishment', label: 'Établissement public' },
  { value: 'contracting_entity', label: 'Entité adjudicatrice' },
] as const;

export const kindLabel = (code: string) => KINDS.find((one) => one.value === code)?.label ?? code;

/** « non déclaré » is never zero. */
export const said = (value: number | null, unit: string) =>
  value === null
    ? 'non déclaré'
    : [number(value), value < 2 ? unit.replace(/s$/, '') : unit].join('\u00a0').trim();

export const STATES = {
  asked: 'Demande à l’examen',
  accepted: 'Signataire',
  refused: 'Demande refusée',
  withdrawn: 'Adhésion retirée',
} as const;

export const FINDINGS = {
  covered: { word: 'Respecté', tone: 'success', icon: 'check' },
  missing: { word: 'À compléter', tone: 'warning', icon: 'warn' },
  depends: { word: 'Dépend d’un fait inconnu', tone: 'info', icon: 'info' },
  warning: { word: 'À revoir', tone: 'warning', icon: 'warn' },
  not_applicable: { word: 'Sans objet', tone: 'neutral', icon: 'info' },
} as const;

export const thisYear = () => new Date().getFullYear();

/** The years that a screen offers, the newest first. */
export const years = () => Array.from({ length: 5 }, (_, back) => String(thisYear() + 1 - back));
