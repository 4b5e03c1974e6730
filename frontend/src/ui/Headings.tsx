import css from './Headings.module.css';

/** The plan of a document: numbers in a column, levels by indentation and by nesting of words. */
export function Headings({
  label,
  headings,
}: {
  label: string;
  headings: { level: number; number: string; text: string }[];
}) {
  return (
    <ol className={css.plan} aria-label={label}>
      {headings.map((heading, index) => (
        // Two articles may bear the same title: the position is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className={css[`level${Math.min(3, heading.level)}`]}>
          <span className={css.number}>{heading.number}</span> {heading.text}
        </li>
      ))}
    </ol>
  );
}
