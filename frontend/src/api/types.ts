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
  type:
    | 'percentage'
    | 'integer'
    | 'decimal'
    | 'amount'
    | 'days'
    | 'months'
    | 'years'
    | 'date'
    | 'text'
    | 'choice';
  unit: string;
  min: number | string | null;
  max: number | string | null;
  default: number | string | null;
  choices: string[];
  max_length: number;
  required: boolean;
  help: string;
}
export interface LegalRef {
  text: string;
  title: string;
  article: string;
  relation: string;
  confidence: string;
  in_force_from: string | null;
}
export interface ClauseRef {
  id: string;
  title: string;
}
export interface Clause extends Omit<ClauseSummary, 'gain'> {
  gain: { degree: string; reason: string };
  content_hash: string;
  published_at: string;
  requirement: string;
  environmental: boolean;
  social: boolean;
  variables: Record<string, Variable>;
  legal: LegalRef[];
  baseline: { statement: string; text: string | null; value: number | string | null; unit: string };
  link_to_subject: { stage: string; reason: string };
  evidence: { what: string; stage: string; equivalents: string; burden: number }[];
  labels: { id: string; name: string; covers: string; note: string; confidence: string }[];
  control: { who: string; when: string; how: string } | null;
  penalty: { basis: string; notice_days: number; cap: string } | null;
  scoring: {
    question: string;
    answer_form: string;
    formula: string;
    scale_max: number;
    weight_min: number;
    weight_max: number;
    weight_default: number;
    steps: string[];
    example: string;
  } | null;
  ccag: { ccag: string; article: string; subject: string; derogates: boolean }[];
  why: string;
  watch_points: string[];
  not_when: string[];
  charter: string[];
  relations: Record<string, ClauseRef[]>;
  market: { availability: string; note: string };
  definitions: { id: string; term: string; definition: string; source: string; confidence: string }[];
  sources: { title: string; publisher: string; use: string }[];
  next_review: string;
  changelog: { date: string; kind: string; reason: string }[];
  wordings: Record<string, string>;
}
