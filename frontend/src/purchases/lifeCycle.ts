import type { LifeCycleBody } from '../api/types';
import { codec } from '../frame/shaped';
import { parseNumber } from '../frame/french';
import { stored } from '../frame/storage';

/* The life-cycle cost: what was typed, the comparison that it asks for, and the method that the RC prints. */

export interface CostsDraft {
  name: string;
  acquisition: string;
  use: string;
  maintenance: string;
  endOfLife: string;
  externalities: string;
  lifetime: string;
}

export interface LifeCycleDraft {
  period: string;
  /** Percent per year; empty until the buyer chooses one: there is no usual rate. */
  rate: string;
  externalitiesMethod: string;
  offers: CostsDraft[];
  /** Whether the method goes to the RC of the file, and with which posts. */
  attached: boolean;
  posts: string[];
}

export const POSTS = [
  { value: 'use', label: 'Utilisation (énergie, eau, consommables)' },
  { value: 'maintenance', label: 'Maintenance' },
  { value: 'end_of_life', label: 'Fin de vie' },
  { value: 'externalities', label: 'Externalités environnementales' },
] as const;
export type Post = (typeof POSTS)[number]['value'];

const costs = (name: string): CostsDraft => ({
  name,
  acquisition: '',
  use: '',
  maintenance: '',
  endOfLife: '',
  externalities: '',
  lifetime: '',
});

export const EMPTY: LifeCycleDraft = {
  period: '',
  rate: '',
  externalitiesMethod: '',
  offers: [costs('Offre A'), costs('Offre B')],
  attached: false,
  posts: ['use', 'maintenance', 'end_of_life'],
};
const kept = codec(EMPTY, { ...EMPTY, offers: [costs('')], posts: [''] });

export const lifeCycleStore = stored<LifeCycleDraft>('clausier.cycle-de-vie', {
  empty: EMPTY,
  parse: (raw) => {
    const found = kept.parse(raw);
    return found.offers.length >= 1 && found.offers.length <= 5 ? found : EMPTY;
  },
});

export function setCosts(draft: LifeCycleDraft, at: number, change: Partial<CostsDraft>): LifeCycleDraft {
  return { ...draft, offers: draft.offers.map((one, place) => (place === at ? { ...one, ...change } : one)) };
}

export function addCosts(draft: LifeCycleDraft): LifeCycleDraft {
  const letter = 'ABCDE'
    .split('')
    .find((one) => !draft.offers.some((offer) => offer.name === `Offre ${one}`));
  return { ...draft, offers: [...draft.offers, costs(`Offre ${letter ?? draft.offers.length + 1}`)] };
}

export const costField = (offer: number, name: keyof CostsDraft) => `cout-${offer}-${name}`;

type Errors = Record<string, string>;

/** The period and the rate, which both uses need; null with the reason while one is missing. */
function frame(draft: LifeCycleDraft, errors: Errors) {
  const period = parseNumber(draft.period);
  if (period === null || !Number.isInteger(period) || period < 1 || period > 100)
    errors['periode'] = 'Donnez la période d’étude en années entières, de 1 à 100';
  const rate = parseNumber(draft.rate);
  if (rate === null || rate < 0 || rate > 100)
    errors['taux'] = 'Donnez votre taux d’actualisation, ou 0 pour ne pas actualiser';
  return { period_years: period ?? 1, discount_rate: rate ?? 0 };
}

export interface Asked {
  body: LifeCycleBody | null;
  errors: Errors;
}

/** The errors of what was typed: an empty field is not shouted at, the list below names it. */
export function typedErrors(errors: Errors, draft: LifeCycleDraft): Errors {
  const empty = new Set<string>(draft.period.trim() ? [] : ['periode']);
  if (!draft.rate.trim()) empty.add('taux');
  draft.offers.forEach((offer, at) => {
    if (!offer.acquisition.trim()) empty.add(costField(at, 'acquisition'));
  });
  return Object.fromEntries(Object.entries(errors).filter(([field]) => !empty.has(field)));
}

export function askedCosts(draft: LifeCycleDraft): Asked {
  const errors: Errors = {};
  const head = frame(draft, errors);
  const read = (at: number, name: keyof CostsDraft, what: string, least = 0): number => {
    const text = draft.offers[at]?.[name] ?? '';
    if (!text.trim() && name !== 'acquisition') return 0;
    const value = parseNumber(text);
    if (value === null || value < least)
      errors[costField(at, name)] =
        `${draft.offers[at]?.name}, ${what} : donnez un montant, par exemple 12 000`;
    return value ?? 0;
  };
  const offers = draft.offers.map((offer, at) => {
    if (!offer.name.trim()) errors[costField(at, 'name')] = `Donnez un nom à l’offre ${at + 1}`;
    const life = offer.lifetime.trim() ? parseNumber(offer.lifetime) : null;
    if (offer.lifetime.trim() && (life === null || !Number.isInteger(life) || life < 1 || life > 100))
      errors[costField(at, 'lifetime')] =
        `${offer.name}, durée de vie : un nombre entier d’années, de 1 à 100`;
    return {
      name: offer.name.trim(),
      acquisition: read(at, 'acquisition', 'acquisition'),
      use: read(at, 'use', 'utilisation'),
      maintenance: read(at, 'maintenance', 'maintenance'),
      end_of_life: read(at, 'endOfLife', 'fin de vie', -1e12),
      externalities: read(at, 'externalities', 'externalités'),
      lifetime_years: life,
    };
  });
  if (offers.some((offer) => offer.externalities > 0) && !draft.externalitiesMethod.trim())
    errors['externalites'] =
      'Dites comment les externalités sont chiffrées : elles doivent pouvoir être vérifiées';
  if (Object.keys(errors).length) return { body: null, errors };
  return { body: { ...head, externalities_method: draft.externalitiesMethod.trim(), offers }, errors };
}

/** What the RC prints: null when the buyer does not judge on it; the missing figures otherwise. */
export function attachedMethod(draft: LifeCycleDraft) {
  if (!draft.attached) return { method: null, errors: {} as Errors };
  const errors: Errors = {};
  const head = frame(draft, errors);
  if (Object.keys(errors).length) return { method: null, errors };
  const posts = POSTS.map((post) => post.value).filter((post) => draft.posts.includes(post));
  return { method: { ...head, posts, externalities_method: draft.externalitiesMethod.trim() }, errors };
}
