import { departmentName } from '../ui/departments';
import { count, number, percent } from './french';

/* The title of a chart is what it shows: a sentence with its figure. One function per chart that the server does not title. */

interface Counted {
  label: string;
  value: number;
}

const highest = (all: Counted[]) =>
  all.reduce<Counted | undefined>((best, one) => (one.value > (best?.value ?? 0) ? one : best), undefined);

export function leversFinding(groups: { values: number[] }[]): string {
  const beyond = groups.filter(({ values: [law = 0, mine = 0] }) => mine > law).length;
  const all = count(groups.length, 'levier');
  if (!beyond) return `Votre choix s’en tient au minimum du droit sur ${all}`;
  return `Votre choix dépasse le minimum du droit sur ${beyond} des ${all}`;
}

export function departmentsFinding(found: { code: string; value: number | null }[], one: string): string {
  const known = found.flatMap(({ code, value }) => (value ? [{ label: departmentName(code), value }] : []));
  const most = highest(known);
  if (!most) return `0 ${one} sur la carte`;
  return `${count(known.length, 'département')} avec au moins ${one === 'entreprise' ? 'une entreprise' : 'un ' + one} ; en tête, ${most.label} : ${count(most.value, one)}`;
}

export function freshnessFinding(ages: { months: number; clauses: number }[]): string {
  const all = ages.reduce((sum, one) => sum + one.clauses, 0);
  const recent = ages.filter((one) => one.months < 6).reduce((sum, one) => sum + one.clauses, 0);
  return `${recent} des ${count(all, 'clause')} en vigueur ont un droit vérifié depuis moins de 6 mois`;
}

/** « Niveau tenu : le plus souvent « 2 », 7 réponses sur 12 ». */
export function answersFinding(about: string, counts: Counted[]): string {
  const most = highest(counts);
  const all = counts.reduce((sum, one) => sum + one.value, 0);
  if (!most) return `${about} : 0 réponse`;
  return `${about} : le plus souvent « ${most.label} », ${most.value} ${most.value < 2 ? 'réponse' : 'réponses'} sur ${all}`;
}

export function weightsFinding(parts: { label: string; weight: number }[], total: number): string {
  const most = highest(parts.map((part) => ({ label: part.label, value: part.weight })));
  if (!most) return `Les critères font ${percent(total)}`;
  return `« ${most.label} » pèse le plus : ${percent(most.value)} sur ${number(total)}`;
}

export function offersFinding(
  weight: number,
  offers: { name: string; rank: number; total: number }[],
): string {
  const first = offers.filter((offer) => offer.rank === 1);
  const names = first.map((offer) => offer.name).join(' et ');
  const total = number(first[0]?.total ?? 0);
  return `Au poids choisi, ${percent(weight)}, ${names} ${first.length > 1 ? 'sont en tête' : 'est en tête'} avec ${total} points sur 100`;
}
