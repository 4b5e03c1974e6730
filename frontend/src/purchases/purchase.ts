import { isoDate, number, parseNumber } from '../frame/french';
import type { Errors } from '../ui/Form';
import type { PurchaseDraft } from './draft';

/* From what was typed in step 1 to what the API takes, and the sentences when it cannot be taken. */

export type Nature = 'works' | 'supplies' | 'services';
export type Procedure = 'none' | 'adapted' | 'formal';
export type BuyerKind = 'state' | 'local_authority' | 'public_establishment' | 'contracting_entity';

export interface PurchaseIn {
  object: string;
  cpv: string[];
  nature: Nature | null;
  estimated_value: number | null;
  launch_date: string;
  procedure: Procedure | null;
  buyer: {
    kind: BuyerKind | null;
    population: number | null;
    annual_purchases: number | null;
    fleet_size: number | null;
  };
  floor_area: number | null;
  duration_months: number | null;
  defence: boolean;
  families: string[];
}

export const UNKNOWN = 'inconnu';

/** An unreadable number is « not known »: `purchaseErrors` has already refused it where it matters. */
const numberOrNull = (text: string): number | null => parseNumber(text);
const chosen = <T extends string>(value: string): T | null =>
  value && value !== UNKNOWN ? (value as T) : null;

export function purchaseIn(draft: PurchaseDraft): PurchaseIn {
  const asked = relevant(draft);
  return {
    object: draft.object.trim(),
    cpv: draft.cpv.map((entry) => entry.code),
    nature: chosen<Nature>(draft.nature),
    estimated_value: draft.amountUnknown ? null : numberOrNull(draft.amount),
    launch_date: isoDate(draft.launchDate) ?? '',
    procedure: chosen<Procedure>(draft.procedure),
    buyer: {
      kind: chosen<BuyerKind>(draft.buyerKind),
      population: asked.population ? numberOrNull(draft.population) : null,
      annual_purchases: numberOrNull(draft.annualPurchases),
      fleet_size: asked.fleet ? numberOrNull(draft.fleetSize) : null,
    },
    floor_area: asked.floorArea ? numberOrNull(draft.floorArea) : null,
    duration_months: numberOrNull(draft.durationMonths),
    defence: draft.defence,
    families: draft.families,
  };
}

/** Which questions make sense for this purchase: the others are not asked. */
export function relevant(draft: PurchaseDraft): { population: boolean; floorArea: boolean; fleet: boolean } {
  const starts = (...prefixes: string[]) =>
    draft.cpv.some((c) => prefixes.some((prefix) => c.code.startsWith(prefix)));
  const family = (...codes: string[]) => draft.families.some((code) => codes.includes(code));
  return {
    population: draft.buyerKind === 'local_authority',
    floorArea: draft.nature === 'works' || starts('45') || family('batiment', 'demolition-deconstruction'),
    fleet: starts('341', '3422', '343', '60', '5011') || family('vehicules'),
  };
}

/** The nature that the CPV division suggests: 45 works, from 50 on services, the rest supplies. */
export function natureOf(cpv: string): Nature {
  const division = Number(cpv.slice(0, 2));
  if (division === 45) return 'works';
  return division >= 50 ? 'services' : 'supplies';
}

interface Bound {
  field: 'population' | 'annualPurchases' | 'fleetSize' | 'floorArea' | 'durationMonths';
  label: string;
  least: number;
  most: number;
  whole: boolean;
}

/* The bounds of the API (app/law/schemas.py). */
const BOUNDS: Bound[] = [
  { field: 'population', label: 'La population', least: 0, most: 100_000_000, whole: true },
  { field: 'annualPurchases', label: 'Le montant annuel des achats', least: 0, most: 1e12, whole: false },
  { field: 'fleetSize', label: 'Le nombre de véhicules', least: 0, most: 100_000_000, whole: true },
  { field: 'floorArea', label: 'La surface', least: 0, most: 100_000_000, whole: false },
  { field: 'durationMonths', label: 'La durée', least: 1, most: 600, whole: true },
];

function numberError(text: string, { label, least, most, whole }: Bound): string | undefined {
  if (!text.trim()) return undefined;
  const value = parseNumber(text);
  if (value === null) return `${label} doit être un nombre, par exemple 24`;
  if (whole && !Number.isInteger(value)) return `${label} doit être un nombre entier`;
  if (value < least || value > most)
    return `${label} doit être comprise entre ${number(least)} et ${number(most)}`.replace(
      'comprise',
      label.startsWith('La') ? 'comprise' : 'compris',
    );
  return undefined;
}

function isAsked(field: Bound['field'], draft: PurchaseDraft): boolean {
  const asked = relevant(draft);
  if (field === 'population') return asked.population;
  if (field === 'floorArea') return asked.floorArea;
  return field !== 'fleetSize' || asked.fleet;
}

/** Field → sentence, in the order of the page; empty when step 1 may be left. */
export function purchaseErrors(draft: PurchaseDraft): Errors {
  const errors: Errors = {};
  if (!draft.object.trim())
    errors['object'] = 'Décrivez ce que vous achetez, par exemple « Fourniture de mobilier scolaire »';
  else if (draft.object.trim().length < 3)
    errors['object'] = 'L’objet est trop court : trois caractères au moins';
  else if (draft.object.trim().length > 500)
    errors['object'] = 'L’objet dépasse 500 caractères : gardez l’essentiel';
  if (!draft.cpv.length && !draft.families.length)
    errors['cpv'] = 'Choisissez un code CPV dans la liste, ou une famille d’achat';
  if (!draft.nature) errors['nature'] = 'Indiquez la nature de l’achat, ou « Je ne sais pas »';
  if (!draft.amountUnknown) {
    const amount = parseNumber(draft.amount);
    if (!draft.amount.trim())
      errors['amount'] = 'Indiquez le montant estimé, ou cochez « Je ne connais pas le montant »';
    else if (amount === null) errors['amount'] = 'Le montant doit être un nombre, par exemple 120 000';
    else if (amount <= 0 || amount > 1e12) errors['amount'] = 'Le montant doit être supérieur à zéro';
  }
  if (!draft.procedure) errors['procedure'] = 'Indiquez la procédure, ou « Je ne sais pas »';
  const launch = isoDate(draft.launchDate);
  if (!launch) errors['launchDate'] = 'Indiquez la date de lancement de la consultation : jour, mois, année';
  else if (launch < '2019-01-01' || launch > '2040-12-31')
    errors['launchDate'] = 'La date de lancement se situe entre 2019 et 2040';
  if (!draft.buyerKind) errors['buyerKind'] = 'Indiquez quel acheteur vous êtes';
  for (const bound of BOUNDS) {
    const sentence = isAsked(bound.field, draft) ? numberError(draft[bound.field], bound) : undefined;
    if (sentence) errors[bound.field] = sentence;
  }
  return errors;
}
