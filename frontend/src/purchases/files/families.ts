import { useQuery } from '@tanstack/react-query';
import { vocabularyQuery } from '../../library/api';

/** The families of purchase, as options of a list. */
export function useFamilies(): { value: string; label: string }[] {
  const { data } = useQuery(vocabularyQuery);
  return data?.families.map((family) => ({ value: String(family.code), label: family.label })) ?? [];
}
