import { Notice } from '../ui/Notice';

/** What stops a calculation, each reason in a sentence. */
export function Incomplete({ sentences }: { sentences: string[] }) {
  return (
    <Notice tone="warning" title="Il manque de quoi calculer">
      <ul className="bullets">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}
