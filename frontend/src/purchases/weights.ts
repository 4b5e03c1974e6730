import { number, parseNumber } from '../frame/french';
import type { BasketItem } from './draft';

/* Award criteria: environmental ones come from the basket, price and technical value share the rest. */

export interface Weight {
  id: string;
  title: string;
  weight: number | null;
}

export function isCriterion(item: BasketItem): boolean {
  return item.kind === 'award_criterion';
}

export function weightsOf(items: readonly BasketItem[], defaults: Record<string, number>): Weight[] {
  return items.filter(isCriterion).map((item) => ({
    id: item.clauseId,
    title: item.title,
    weight: item.weight.trim() ? parseNumber(item.weight) : (defaults[item.clauseId] ?? null),
  }));
}

export function total(weights: readonly Weight[]): number {
  return weights.reduce((sum, entry) => sum + (entry.weight ?? 0), 0);
}

/** What is left to price and the other criteria; negative when the basket asks for more than a hundred. */
export function remainder(weights: readonly Weight[]): number {
  return Math.round((100 - total(weights)) * 100) / 100;
}

export function weightsSentence(weights: readonly Weight[]): string {
  const rest = remainder(weights);
  if (rest < 0)
    return `Les critères de votre sélection font ${number(total(weights))}\u00a0% : ils ne peuvent pas dépasser 100\u00a0%.`;
  if (rest === 0)
    return 'Les critères de votre sélection font 100\u00a0% : il ne reste rien pour le prix ni la valeur technique.';
  return `Les critères de votre sélection font ${number(total(weights))}\u00a0% ; il reste ${number(rest)}\u00a0% pour le prix et vos autres critères.`;
}

export function weightError(text: string): string | undefined {
  const value = parseNumber(text);
  if (value === null) return 'Le poids doit être un nombre, par exemple 15';
  if (value <= 0 || value > 100) return 'Le poids doit être compris entre 1\u00a0% et 100\u00a0%';
  return undefined;
}
