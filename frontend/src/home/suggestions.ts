import { count } from '../frame/french';

/** Lower case without accents, so that « batiment » finds « Bâtiment ». */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

export function clauseCount(total: number): string {
  return count(total, 'clause');
}
