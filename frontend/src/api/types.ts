/* The shapes of the API under the names the screens use. */
export interface Coded {
  code: string;
  label: string;
}
export interface Family extends Coded {
  prefix: string;
  cpv: string[];
}
export interface Vocabulary {
  families: Family[];
  levers: Coded[];
  kinds: Coded[];
  pieces: Coded[];
  levels: { code: number; label: string }[];
  natures: Coded[];
  buyers: Coded[];
  statuses: Coded[];
  confidences: Coded[];
  labels: { id: string; name: string; note: string }[];
  glossary: { id: string; term: string; definition: string }[];
}
export interface ClauseSummary {
  id: string;
  version: number;
  title: string;
  plain_title: string;
  summary: string;
  family: string;
  families: string[];
  levers: string[];
  kind: string;
  pieces: string[];
  level: number;
  status: string;
  natures: string[];
  duties: string[];
  gain: string;
  legal_check: string;
  availability: string;
  score: number | null;
}
export interface FacetValue {
  code: string | number;
  label: string;
  count: number;
}
export interface ClausePage {
  items: ClauseSummary[];
  next: string | null;
  total: number;
  facets: Record<string, FacetValue[]>;
}
export interface Variable {
  label: string;
  type: 'percentage' | 'integer' | 'decimal' | 'amount' | 'days' | 'months' | 'years' | 'date' | 'text' | 'choice';
  unit: string;
  min: number | string | null;
  max: number | string | null;
  default: number | string | null;
  choices: string[];
  max_length: number;
  required: boolean;
  help: string;
}
