import { draftStore, type ExportChoice } from './draft';

export const setOutput = (change: Partial<ExportChoice>) =>
  draftStore.write((draft) => ({ ...draft, output: { ...draft.output, ...change } }));
