import { leversFinding } from '../frame/findings';
import { useStored } from '../frame/storage';
import { Bars } from '../ui/Bars';
import { draftStore } from './draft';
import type { Recommendations } from '../api/types';

const SERIES = ['Minimum du droit', 'Votre choix', 'Ambition haute'];

/** Clauses by lever: what the law asks for, what is chosen now, what the highest ambition would take. */
export function LeverBars({ data }: { data: Recommendations }) {
  const { items } = useStored(draftStore);
  const chosen = new Set(items.map((item) => item.clauseId));
  const taken = (lever: string) =>
    data.items.filter((item) => chosen.has(item.clause.id) && item.clause.levers.includes(lever)).length;
  const groups = data.by_lever.map((entry) => ({
    label: entry.label,
    values: [entry.law_minimum, taken(entry.lever), entry.ambitious],
  }));
  if (!groups.length) return null;
  return <Bars title={leversFinding(groups)} csv={{ name: 'leviers.csv' }} series={SERIES} groups={groups} />;
}
