import { list, number } from '../../frame/french';
import type { BasketItem, Draft, PurchaseDraft } from '../draft';

/* Two versions of a file side by side, in words. */

export interface Line {
  label: string;
  mine: string;
  theirs: string;
}

const FIELDS: [keyof PurchaseDraft, string][] = [
  ['object', 'Objet'],
  ['nature', 'Nature'],
  ['amount', 'Montant estimé'],
  ['launchDate', 'Date de lancement'],
  ['procedure', 'Procédure'],
  ['buyerKind', 'Acheteur'],
  ['population', 'Population'],
  ['annualPurchases', 'Achats annuels'],
  ['fleetSize', 'Flotte'],
  ['floorArea', 'Surface'],
  ['durationMonths', 'Durée en mois'],
];

const WORDS: Record<string, string> = {
  works: 'travaux',
  supplies: 'fournitures',
  services: 'services',
  none: 'sans publicité',
  adapted: 'adaptée',
  formal: 'formalisée',
  state: 'État',
  local_authority: 'collectivité',
  public_establishment: 'établissement public',
  contracting_entity: 'entité adjudicatrice',
  inconnu: 'non connu',
};

const shown = (value: unknown): string => {
  if (Array.isArray(value)) return value.length ? list(value.map(String)) : '–';
  const text = String(value ?? '').trim();
  return WORDS[text] ?? (text || '–');
};

function valuesOf(item: BasketItem | undefined): string {
  if (!item) return 'absente';
  const values = Object.entries(item.values).map(
    ([name, text]) => `${name.replaceAll('_', ' ')} : ${text || 'vide'}`,
  );
  const blanks = item.blank.map((name) => `${name.replaceAll('_', ' ')} : en blanc`);
  const lots = item.lots.length ? [`lots ${list(item.lots)}`] : [];
  const weight = item.weight ? [`poids ${item.weight} %`] : [];
  const all = [...values, ...blanks, ...lots, ...weight];
  return all.length ? all.join(' ; ') : 'valeurs proposées';
}

/** What differs from one version to the other, field by field and clause by clause. */
export function differences(mine: Draft, theirs: Draft): Line[] {
  const fields = FIELDS.map(([field, label]) => ({
    label,
    mine: shown(mine.purchase[field]),
    theirs: shown(theirs.purchase[field]),
  }));
  const cpv = (draft: Draft) => shown(draft.purchase.cpv.map((one) => one.code));
  const ids = [...new Set([...mine.items, ...theirs.items].map((item) => item.clauseId))];
  const held = (draft: Draft, id: string) => draft.items.find((item) => item.clauseId === id);
  const clauses = ids.map((id) => ({
    label: `${id} – ${(held(mine, id) ?? held(theirs, id))?.title ?? ''}`,
    mine: valuesOf(held(mine, id)),
    theirs: valuesOf(held(theirs, id)),
  }));
  const lines = [
    ...fields,
    { label: 'Codes CPV', mine: cpv(mine), theirs: cpv(theirs) },
    { label: 'Familles', mine: shown(mine.purchase.families), theirs: shown(theirs.purchase.families) },
    {
      label: 'Lots',
      mine: shown(mine.lots.map((lot) => `${lot.number} ${lot.title}`)),
      theirs: shown(theirs.lots.map((lot) => `${lot.number} ${lot.title}`)),
    },
    ...clauses,
    {
      label: 'Autres critères',
      mine: shown(mine.criteria.map((one) => `${one.label} ${one.weight}`)),
      theirs: shown(theirs.criteria.map((one) => `${one.label} ${one.weight}`)),
    },
    {
      label: 'Justifications',
      mine: number(Object.values(mine.justifications).filter(Boolean).length),
      theirs: number(Object.values(theirs.justifications).filter(Boolean).length),
    },
  ];
  return lines.filter((line) => line.mine !== line.theirs);
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
};

/** Whether two drafts are one, whatever the order of their fields. */
export const sameDraft = (one: Draft, other: Draft): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
