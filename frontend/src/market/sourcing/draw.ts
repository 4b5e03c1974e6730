import type { Drawn } from './api';

type Lot = Drawn['lots'][number];

/** The first 62 bits of SHA-256(seed + SIRET), as the server draws them (app/market/rules.py, `draw_of`). */
export async function lotOf(seed: string, siret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(seed + siret));
  return (new DataView(digest).getBigUint64(0) >> 2n).toString();
}

export function strata(lots: readonly Lot[]): { name: string; firms: number; told: number }[] {
  const found = new Map<string, { name: string; firms: number; told: number }>();
  for (const { stratum, told } of lots) {
    const one = found.get(stratum) ?? { name: stratum, firms: 0, told: 0 };
    found.set(stratum, { ...one, firms: one.firms + 1, told: one.told + (told ? 1 : 0) });
  }
  return [...found.values()];
}

/** What the draw says of a lot, in a sentence. */
export function placeOf(lots: readonly Lot[], lot: string): string {
  const mine = lots.find((one) => one.lot === lot);
  if (!mine) return `Lot ${lot} : absent du tirage, la recherche ne trouvait pas cet établissement.`;
  const smaller = lots.filter((one) => one.stratum === mine.stratum && BigInt(one.lot) < BigInt(lot)).length;
  return `Lot ${lot} : rang ${smaller + 1} de la strate « ${mine.stratum} », ${mine.told ? 'prévenue' : 'non prévenue'}.`;
}
