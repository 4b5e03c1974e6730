import type { Formula, SimulationBody } from '../api/types';
import { codec } from '../frame/shaped';
import { number, parseNumber } from '../frame/french';
import { stored } from '../frame/storage';

/* The imaginary award: what was typed, and the request that it makes. */

export interface StepDraft {
  from: string;
  mark: string;
}

export interface CriterionDraft {
  label: string;
  weight: string;
  formula: Formula;
  environmental: boolean;
  steps: StepDraft[];
}

export interface OfferDraft {
  name: string;
  /** One per criterion, as typed. */
  values: string[];
}

export interface SimulatorDraft {
  criteria: CriterionDraft[];
  offers: OfferDraft[];
}

export const USUAL_STEPS: StepDraft[] = [
  { from: '0', mark: '0' },
  { from: '10', mark: '3' },
  { from: '20', mark: '7' },
  { from: '30', mark: '10' },
];

const criterion = (
  label: string,
  weight: string,
  formula: Formula,
  environmental = false,
): CriterionDraft => ({
  label,
  weight,
  formula,
  environmental,
  steps: [],
});

/** An example, said to be one on the screen. */
export const EXAMPLE: SimulatorDraft = {
  criteria: [
    criterion('Prix', '60', 'proportional_less'),
    criterion('Valeur technique', '30', 'given'),
    criterion('Part de produits réemployés', '10', 'proportional_more', true),
  ],
  offers: [
    { name: 'Offre A', values: ['100 000', '8', '10'] },
    { name: 'Offre B', values: ['115 000', '8', '20'] },
  ],
};

const PATTERN: SimulatorDraft = {
  criteria: [{ ...criterion('', '', 'given'), steps: [{ from: '', mark: '' }] }],
  offers: [{ name: '', values: [''] }],
};

const FORMULAS = new Set<Formula>(['proportional_less', 'proportional_more', 'steps', 'given']);

const { parse } = codec(EXAMPLE, PATTERN);

/** A kept award whose lists or formulas make no sense gives the example back. */
export function parseSimulator(raw: string): SimulatorDraft {
  const found = parse(raw);
  const sound =
    found.criteria.length >= 2 &&
    found.offers.length >= 2 &&
    found.offers.length <= 5 &&
    found.criteria.every((one) => FORMULAS.has(one.formula));
  return sound
    ? { ...found, offers: found.offers.map((offer) => fitted(offer, found.criteria.length)) }
    : EXAMPLE;
}

const fitted = (offer: OfferDraft, count: number): OfferDraft => ({
  ...offer,
  values: Array.from({ length: count }, (_, place) => offer.values[place] ?? ''),
});

export const simulatorStore = stored<SimulatorDraft>('clausier.simulateur', {
  empty: EXAMPLE,
  parse: parseSimulator,
});

export function setCriterion(
  draft: SimulatorDraft,
  at: number,
  change: Partial<CriterionDraft>,
): SimulatorDraft {
  const criteria = draft.criteria.map((one, place) => (place === at ? { ...one, ...change } : one));
  return { ...draft, criteria };
}

export function addCriterion(draft: SimulatorDraft): SimulatorDraft {
  const criteria = [...draft.criteria, criterion('', '', 'given')];
  return { criteria, offers: draft.offers.map((offer) => fitted(offer, criteria.length)) };
}

export function removeCriterion(draft: SimulatorDraft, at: number): SimulatorDraft {
  return {
    criteria: draft.criteria.filter((_, place) => place !== at),
    offers: draft.offers.map((offer) => ({
      ...offer,
      values: offer.values.filter((_, place) => place !== at),
    })),
  };
}

export function setOffer(draft: SimulatorDraft, at: number, change: Partial<OfferDraft>): SimulatorDraft {
  const offers = draft.offers.map((one, place) => (place === at ? { ...one, ...change } : one));
  return { ...draft, offers };
}

export function addOffer(draft: SimulatorDraft): SimulatorDraft {
  const letter = 'ABCDE'
    .split('')
    .find((one) => !draft.offers.some((offer) => offer.name === `Offre ${one}`));
  const name = `Offre ${letter ?? draft.offers.length + 1}`;
  return { ...draft, offers: [...draft.offers, fitted({ name, values: [] }, draft.criteria.length)] };
}

/** The criteria of the buyer’s own file; the values already typed stay when the criteria are the same. */
export function withCriteria(draft: SimulatorDraft, criteria: CriterionDraft[]): SimulatorDraft {
  const same =
    criteria.length === draft.criteria.length &&
    criteria.every((c, i) => c.label === draft.criteria[i]?.label);
  const offers = draft.offers.map((offer) =>
    fitted(same ? offer : { ...offer, values: [] }, criteria.length),
  );
  return { criteria, offers };
}

export interface Asked {
  body: SimulationBody | null;
  /** Field → what is wrong with what was typed there. */
  errors: Record<string, string>;
  /** What is still to be given, in sentences. */
  missing: string[];
}

export const offerField = (offer: number, criterionAt: number) => `offre-${offer}-${criterionAt}`;

/** The request, or what stops it. */
export function asked(draft: SimulatorDraft): Asked {
  const errors: Record<string, string> = {};
  const missing = new Set<string>();
  const read = (field: string, text: string, what: string): number => {
    const value = parseNumber(text);
    if (!text.trim()) missing.add(`${what.split(',')[0]} : il manque des valeurs`);
    else if (value === null || value < 0) errors[field] = `${what} : donnez un nombre, par exemple 12,5`;
    return value ?? 0;
  };
  const criteria = draft.criteria.map((one, at) => {
    if (!one.label.trim()) errors[`critere-${at}`] = `Donnez un nom au critère ${at + 1}`;
    return {
      label: one.label.trim(),
      weight: read(`poids-${at}`, one.weight, `Poids du critère ${at + 1}`),
      formula: one.formula,
      environmental: one.environmental,
      scale_max: 10,
      steps:
        one.formula === 'steps'
          ? one.steps.map((step, rung) => ({
              at_least: read(`palier-${at}-${rung}`, step.from, `Seuil du palier ${rung + 1}`),
              mark: read(`note-${at}-${rung}`, step.mark, `Note du palier ${rung + 1}`),
            }))
          : [],
    };
  });
  const offers = draft.offers.map((offer, at) => {
    if (!offer.name.trim()) errors[`offre-${at}`] = `Donnez un nom à l’offre ${at + 1}`;
    const values = offer.values.map((text, place) =>
      read(offerField(at, place), text, `${offer.name || 'Offre'}, ${draft.criteria[place]?.label ?? ''}`),
    );
    return { name: offer.name.trim(), values };
  });
  const gap = weightGap(draft.criteria);
  if (gap && !Object.keys(errors).length && draft.criteria.every((one) => one.weight.trim()))
    errors['poids-0'] = gap;
  if (!draft.criteria.some((one) => one.environmental))
    errors['environnement-0'] = 'Cochez au moins un critère environnemental';
  const ready = !Object.keys(errors).length && !missing.size;
  return { body: ready ? { criteria, offers } : null, errors, missing: [...missing] };
}

function weightGap(criteria: readonly CriterionDraft[]): string | undefined {
  const sum = criteria.reduce((all, one) => all + (parseNumber(one.weight) ?? 0), 0);
  const rounded = Math.round(sum * 100) / 100;
  return rounded === 100 ? undefined : `Les poids font ${number(rounded)} % : il faut 100 % en tout`;
}
