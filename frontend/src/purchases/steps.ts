/** The six steps of the Assistant, in their imposed order; `id` is the address. */
export const STEPS = [
  { id: 'achat', title: 'Décrire l’achat' },
  { id: 'obligations', title: 'Vos obligations' },
  { id: 'clauses', title: 'Clauses proposées' },
  { id: 'variables', title: 'Compléter les variables' },
  { id: 'verification', title: 'Vérifier' },
  { id: 'documents', title: 'Aperçu et DOCX' },
] as const;

export type StepId = (typeof STEPS)[number]['id'];

export function stepOf(id: string): StepId | undefined {
  return STEPS.find((step) => step.id === id)?.id;
}

export function numberOf(id: StepId): number {
  return STEPS.findIndex((step) => step.id === id) + 1;
}
