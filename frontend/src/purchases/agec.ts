import type { AgecBody } from '../api/types';
import { codec } from '../frame/shaped';
import { parseNumber } from '../frame/french';
import { stored } from '../frame/storage';

/* The yearly AGEC declaration: what was typed. An empty amount stays blank in the file, never zero. */

export interface AgecLine {
  category: string;
  total: string;
  reused: string;
  donated: string;
  recycled: string;
  comment: string;
}

export interface AgecDraft {
  year: string;
  siret: string;
  name: string;
  lines: AgecLine[];
}

export const emptyLine = (category: string): AgecLine => ({
  category,
  total: '',
  reused: '',
  donated: '',
  recycled: '',
  comment: '',
});

const EMPTY: AgecDraft = { year: '', siret: '', name: '', lines: [] };

export const agecStore = stored<AgecDraft>(
  'clausier.agec',
  codec(EMPTY, { ...EMPTY, lines: [emptyLine('')] }),
);

export const AMOUNTS = ['total', 'reused', 'donated', 'recycled'] as const;
export const agecField = (category: string, name: string) => `agec-${category}-${name}`;

/** The errors of what was typed: an empty field is not shouted at, the list below names it. */
export function typedErrors(errors: Record<string, string>, draft: AgecDraft): Record<string, string> {
  const typed: Record<string, string> = { annee: draft.year, siret: draft.siret, raison: draft.name };
  return Object.fromEntries(
    Object.entries(errors).filter(([field]) => typed[field] !== '' && field !== 'categorie'),
  );
}

export function askedDeclaration(draft: AgecDraft): {
  body: AgecBody | null;
  errors: Record<string, string>;
} {
  const errors: Record<string, string> = {};
  const year = parseNumber(draft.year);
  if (year === null || !Number.isInteger(year) || year < 2024 || year > 2040)
    errors['annee'] = 'Donnez l’année des dépenses, à partir de 2024';
  const siret = draft.siret.replace(/\s/g, '');
  if (!/^\d{14}$/.test(siret)) errors['siret'] = 'Le numéro SIRET a 14 chiffres';
  if (!draft.name.trim()) errors['raison'] = 'Donnez la raison sociale de l’acheteur';
  const lines = draft.lines.map((line) => {
    const amounts = AMOUNTS.map((name) => {
      const value = line[name].trim() ? parseNumber(line[name]) : null;
      if (line[name].trim() && (value === null || value < 0))
        errors[agecField(line.category, name)] = 'Donnez un montant, par exemple 12 000, ou laissez vide';
      return [name, value];
    });
    return { category: Number(line.category), comment: line.comment.trim(), ...Object.fromEntries(amounts) };
  });
  if (!lines.length) errors['categorie'] = 'Ajoutez au moins une catégorie';
  if (Object.keys(errors).length) return { body: null, errors };
  return { body: { year: year ?? 0, siret, name: draft.name.trim(), lines }, errors };
}
