import type { Finding } from '../api/types';
import type { Tone } from '../ui/Notice';

export interface FindingGroup {
  title: string;
  /** The badge of each card. */
  word: string;
  tone: Tone;
  folded?: boolean;
  findings: Finding[];
}

const open = (finding: Finding) => finding.status === 'missing' || finding.status === 'warning';

const GROUPS: (Omit<FindingGroup, 'findings'> & { test: (finding: Finding) => boolean })[] = [
  {
    title: 'À corriger avant de lancer',
    word: 'Bloquant',
    tone: 'danger',
    test: (f) => open(f) && f.severity === 'blocking',
  },
  {
    title: 'À regarder',
    word: 'À regarder',
    tone: 'warning',
    // What is missing is never folded away: the sentence above counts it.
    test: (f) =>
      f.severity !== 'blocking' &&
      (f.status === 'missing' || (f.status === 'warning' && f.severity === 'warning')),
  },
  {
    title: 'Selon une réponse qui manque',
    word: 'À préciser',
    tone: 'warning',
    test: (f) => f.status === 'depends',
  },
  {
    title: 'Rappels',
    word: 'Rappel',
    tone: 'info',
    folded: true,
    test: (f) => f.status === 'warning' && f.severity === 'info',
  },
  { title: 'Couvert', word: 'Couvert', tone: 'success', folded: true, test: (f) => f.status === 'covered' },
  {
    title: 'Sans objet',
    word: 'Sans objet',
    tone: 'neutral',
    folded: true,
    test: (f) => f.status === 'not_applicable',
  },
];

/** The findings, blocking ones first; an empty heading is left out. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  return GROUPS.map(({ test, ...group }) => ({ ...group, findings: findings.filter(test) })).filter(
    (group) => group.findings.length > 0,
  );
}
