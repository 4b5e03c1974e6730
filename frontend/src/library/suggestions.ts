import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Suggestions } from '../api/types';
import { capital } from '../frame/french';
import type { SuggestionGroup } from '../ui/ComboBox';
import { suggestionsQuery } from './api';

const SHORTEST = 2;
const LONGEST = 400;

/** What the server offers for the text typed so far. */
export function useSuggestions(text: string): { found: Suggestions | undefined; searching: boolean } {
  const typed = useDeferredValue(text.trimStart().slice(0, LONGEST));
  const query = useQuery(suggestionsQuery(typed));
  const asked = typed.trim().length >= SHORTEST;
  return { found: asked ? query.data : undefined, searching: !asked || query.isFetching };
}

export type SuggestionKind = 'expression' | 'famille' | 'levier' | 'cpv' | 'clause';

const TITLES: Record<SuggestionKind, string> = {
  expression: 'Vous cherchez peut-être',
  famille: 'Familles d’achat',
  levier: 'Leviers',
  cpv: 'Codes CPV',
  clause: 'Clauses',
};

/** The groups of a suggestion list; an item’s id is `kind:code`. */
export function suggestionGroups(found: Suggestions | undefined, kinds: SuggestionKind[]): SuggestionGroup[] {
  if (!found) return [];
  const items: Record<SuggestionKind, { code: string; label: string; detail?: string }[]> = {
    expression: found.phrases.map((text) => ({ code: text, label: text })),
    famille: found.families.slice(0, 3),
    levier: found.levers.slice(0, 3),
    cpv: found.cpv.map((entry) => ({ code: entry.code, label: entry.label, detail: entry.code })),
    clause: found.clauses.map((clause) => ({ code: clause.id, label: clause.title, detail: clause.id })),
  };
  return kinds.map((kind) => ({
    title: TITLES[kind],
    items: items[kind].map(({ code, label, detail }) => ({
      id: `${kind}:${code}`,
      label: kind === 'expression' ? label : capital(label),
      ...(detail ? { detail } : {}),
    })),
  }));
}

export function chosen(id: string): [SuggestionKind, string] {
  const at = id.indexOf(':');
  return [id.slice(0, at) as SuggestionKind, id.slice(at + 1)];
}
