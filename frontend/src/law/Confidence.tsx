import { Badge } from '../ui/Notice';

/** How sure we are of a fact of law, in a word. */
export function Confidence({ value }: { value: string }) {
  if (value === 'verified') return <Badge tone="success">Vérifié</Badge>;
  if (value === 'to_check') return <Badge tone="warning">À vérifier</Badge>;
  return <Badge tone="warning">Non retrouvé</Badge>;
}
