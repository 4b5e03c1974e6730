import type { Clause } from '../api/types';
import { number, parseNumber, percent } from '../frame/french';
import type { BasketItem, Criterion } from './draft';
import { textOf } from './variables';

/* Award criteria: environmental ones come from the basket, price and technical value share the rest. */

export interface Weight {
  id: string;
  title: string;
  weight: number;
}

export function isCriterion(item: BasketItem): boolean {
  return item.kind === 'award_criterion';
}

/** The variable by which a criterion prints its own weight; the server gives it the same meaning. */
const WEIGHT_NAME = 'poids';

/** A criterion whose wording prints no weight asks for it apart. */
export function asksWeight(item: BasketItem, clause: Clause): boolean {
  return isCriterion(item) && !clause.variables[WEIGHT_NAME];
}

/** The weight of a criterion in percent; null for any other clause. */
export function weightOf(item: BasketItem, clause: Clause): number | null {
  if (!isCriterion(item)) return null;
  const variable = clause.variables[WEIGHT_NAME];
  const usual = clause.scoring?.weight_default ?? 0;
  if (!variable) return (item.weight.trim() ? parseNumber(item.weight) : null) ?? usual;
  if (item.blank.includes(WEIGHT_NAME)) return usual;
  return parseNumber(textOf(variable, item.values[WEIGHT_NAME])) ?? usual;
}

export function weightsOf(items: readonly BasketItem[], clauses: ReadonlyMap<string, Clause>): Weight[] {
  return items.filter(isCriterion).flatMap((item) => {
    const clause = clauses.get(item.clauseId);
    return clause ? [{ id: item.clauseId, title: item.title, weight: weightOf(item, clause) ?? 0 }] : [];
  });
}

export function total(weights: readonly Weight[]): number {
  return weights.reduce((sum, entry) => sum + entry.weight, 0);
}

/** What is left to price and the other criteria; negative when the basket asks for more than a hundred. */
export function remainder(weights: readonly Weight[]): number {
  return Math.round((100 - total(weights)) * 100) / 100;
}

const PRICE = 'Prix des prestations';
const TECHNICAL = 'Valeur technique';

/** The requirement of a criterion that judges the price already, among the other costs. */
const WHOLE_COST = 'toutes-familles.cout-cycle-de-vie';

/** Whether the basket judges the price already: it is not scored twice. */
export function judgesPrice(weights: readonly Weight[], clauses: ReadonlyMap<string, Clause>): boolean {
  return weights.some((entry) => clauses.get(entry.id)?.requirement === WHOLE_COST);
}

/** The other criteria when the buyer has entered none: as the server shares them out (price 50, or six tenths of less). */
export function sharedOut(rest: number, priced = false): Criterion[] {
  if (rest <= 0) return [];
  if (priced) return [{ label: TECHNICAL, weight: number(rest) }];
  const price = rest > 50 ? 50 : Math.round(rest * 0.6);
  const other = Math.round((rest - price) * 100) / 100;
  const shares = [{ label: PRICE, weight: number(price) }];
  return other > 0 ? [...shares, { label: TECHNICAL, weight: number(other) }] : shares;
}

/** What is wrong with the sum of all criteria, or undefined when they make a hundred. */
export function sumError(weights: readonly Weight[], others: readonly Criterion[]): string | undefined {
  const rest = remainder(weights);
  if (!weights.length && !others.length) return undefined;
  if (!others.length) {
    return rest > 0
      ? undefined
      : `Les critères de votre sélection pèsent déjà ${number(total(weights))} % : il ne reste rien pour le prix.`;
  }
  const entered = others.reduce((sum, criterion) => sum + (parseNumber(criterion.weight) ?? 0), 0);
  const gap = Math.round((entered - rest) * 100) / 100;
  if (gap === 0) return undefined;
  const change = gap > 0 ? `retirez ${percent(gap)}` : `ajoutez ${percent(-gap)}`;
  return `Les critères totalisent ${number(Math.round((100 + gap) * 100) / 100)} % au lieu de 100 % : ${change}.`;
}

export function weightError(text: string): string | undefined {
  const value = parseNumber(text);
  if (value === null) return 'Le poids doit être un nombre, par exemple 15';
  if (value <= 0 || value > 100) return 'Le poids doit être compris entre 1\u00a0% et 100\u00a0%';
  return undefined;
}
