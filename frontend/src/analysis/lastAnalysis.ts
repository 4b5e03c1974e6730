import { stored } from '../frame/storage';

/** The last analysis of this browser, to come back to it: its address opens it, so it stays on this machine. */
export interface LastAnalysis {
  id: string;
  name: string;
  at: string;
}

const NONE: LastAnalysis = { id: '', name: '', at: '' };

export function parseLast(raw: string): LastAnalysis {
  try {
    const found = JSON.parse(raw) as Partial<Record<keyof LastAnalysis, unknown>> | null;
    const { id, name, at } = found ?? {};
    if (
      typeof id === 'string' &&
      /^[\w-]{43}$/.test(id) &&
      typeof name === 'string' &&
      typeof at === 'string'
    )
      return { id, name, at };
  } catch {
    return NONE;
  }
  return NONE;
}

export const lastAnalysis = stored<LastAnalysis>('clausier.analyse', { empty: NONE, parse: parseLast });
