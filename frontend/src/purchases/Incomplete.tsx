import { Notice } from '../ui/Notice';

/** What stops a calculation, each reason in a sentence. */
export function Incomplete({ errors }: { errors: Record<string, string> }) {
  return (
    <Notice tone="warning" title="Il manque de quoi calculer">
      <ul className="bullets">
        {Object.entries(errors).map(([field, sentence]) => (
          <li key={field}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}
