import type { Search } from '../frame/address';

/* The filters of the directory and of the lists one follows: their only home is the address. */

export interface FirmFilters {
  q?: string;
  family?: string;
  department?: string;
  lever?: string[];
  status?: string[];
  proof?: string;
  clause?: string;
  level?: string;
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string' && v !== '');

const kept = <T extends object>(filters: T): T =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value && value.length)) as T;

export function parseFirmFilters(search: Search): FirmFilters {
  const clause = texts(search['clause']).find((value) => /^CEC-[A-Z]{3}-\d{3}$/.test(value)) ?? '';
  const one = (name: string, shape: RegExp) => texts(search[name]).find((value) => shape.test(value));
  return kept({
    q: texts(search['q'])[0]?.slice(0, 200) ?? '',
    family: one('family', /^[a-z-]{2,32}$/) ?? '',
    department: one('department', /^(\d{2,3}|2[AB])$/) ?? '',
    lever: texts(search['lever']).filter((code) => /^[a-z-]{2,32}$/.test(code)),
    status: texts(search['status']).filter((code) => /^(ess|siae|ea)$/.test(code)),
    proof: one('proof', /^true$/) ?? '',
    clause,
    level: (clause && one('level', /^[23]$/)) || '',
  });
}

export interface Followed {
  family?: string;
  department?: string;
}

export function parseFollowed(search: Search): Followed {
  const { family, department } = parseFirmFilters(search);
  return kept({ family: family ?? '', department: department ?? '' });
}

export interface MaterialFilters extends Followed {
  direction?: 'offered' | 'sought';
}

export function parseMaterials(search: Search): MaterialFilters {
  const direction = texts(search['direction']).find((value) => /^(offered|sought)$/.test(value));
  return { ...parseFollowed(search), ...(direction ? { direction: direction as 'offered' | 'sought' } : {}) };
}

/** The same filters, as the API asks for them. */
export function firmQuery({ department, clause, level, proof, ...rest }: FirmFilters) {
  return {
    ...rest,
    ...(department ? { department: [department] } : {}),
    ...(clause ? { clause: [clause] } : {}),
    ...(level ? { level: Number(level) } : {}),
    ...(proof ? { proof: true } : {}),
  } as {
    q?: string;
    family?: string;
    lever?: string[];
    department?: string[];
    status?: ('ess' | 'siae' | 'ea')[];
    proof?: boolean;
    clause?: string[];
    level?: number;
  };
}
