import { useQueryClient } from '@tanstack/react-query';

/** Reads a firm's page again after a change of one of its parts. */
export function useRefreshFirm(siret: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['firm', siret] });
}

/** `If-Match` of an object that counts its versions. */
export const tag = (version: number) => ({ 'If-Match': `"${version}"` });
