import { expect, it } from 'vitest';
import type { AssessedDuty, Finding } from '../api/types';
import { groupDuties } from './dutyGroups';
import { groupFindings } from './findingGroups';

it('puts every duty under exactly one heading, whatever its strength and applicability', () => {
  const duties = ['applies', 'depends', 'not_applicable'].flatMap((applicability) =>
    ['binding', 'recommended', 'programmed'].map(
      (strength) => ({ code: `${applicability}-${strength}`, applicability, strength }) as AssessedDuty,
    ),
  );
  const groups = groupDuties(duties);
  expect(groups.map((group) => [group.title, group.duties.length])).toEqual([
    ['Obligatoire', 1],
    ['Selon le montant ou un fait à préciser', 3],
    ['Recommandé', 1],
    ['Programmé', 1],
    ['Sans objet', 3],
  ]);
});

it('puts every finding under exactly one heading, blocking ones first', () => {
  const findings = ['missing', 'warning', 'depends', 'covered', 'not_applicable'].flatMap((status) =>
    ['blocking', 'warning', 'info'].map((severity) => ({ status, severity }) as Finding),
  );
  const groups = groupFindings(findings);
  expect(groups.map((group) => group.findings.length).reduce((a, b) => a + b)).toBe(findings.length);
  expect(groups[0]?.word).toBe('Bloquant');
});
