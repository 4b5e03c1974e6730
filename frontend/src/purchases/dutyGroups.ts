import type { AssessedDuty } from '../api/types';

export interface DutyGroup {
  title: string;
  intro: string;
  folded?: boolean;
  duties: AssessedDuty[];
}

type Test = (duty: AssessedDuty) => boolean;

const applies =
  (strength: string): Test =>
  (duty) =>
    duty.applicability === 'applies' && duty.strength === strength;

const GROUPS: (Omit<DutyGroup, 'duties'> & { test: Test })[] = [
  { title: 'Obligatoire', intro: 'À respecter pour lancer cette consultation.', test: applies('binding') },
  {
    title: 'Selon le montant ou un fait à préciser',
    intro: 'La réponse manque encore : les deux issues sont montrées.',
    test: (duty) => duty.applicability === 'depends',
  },
  {
    title: 'Recommandé',
    intro: 'Utile pour cet achat, sans sanction si vous y renoncez, ou encore à vérifier.',
    test: applies('recommended'),
  },
  {
    title: 'Programmé',
    intro: 'Entre en vigueur pendant le marché ou peu après.',
    test: applies('programmed'),
  },
  {
    title: 'Sans objet',
    intro: 'Ne s’applique pas à cet achat.',
    folded: true,
    test: (duty) => duty.applicability === 'not_applicable',
  },
];

/** The duties of a purchase under the five headings of step 2; an empty heading is left out. */
export function groupDuties(duties: readonly AssessedDuty[]): DutyGroup[] {
  return GROUPS.map(({ test, ...group }) => ({ ...group, duties: duties.filter(test) })).filter(
    (group) => group.duties.length > 0,
  );
}
