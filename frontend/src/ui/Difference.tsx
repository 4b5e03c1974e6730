import css from './Difference.module.css';

export interface Segment {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

/** What changed in a text: marked by a sign and a line, not by colour alone, and said by the browser's own elements. */
export function Difference({ segments, label }: { segments: readonly Segment[]; label: string }) {
  return (
    <div className={css.text} role="group" aria-label={label}>
      {segments.map((segment, index) => {
        // A text may hold the same words twice: the position is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        const key = index;
        if (segment.op === 'insert')
          return (
            <ins key={key}>
              <span className="hidden"> ajouté : </span>
              {segment.text}
            </ins>
          );
        if (segment.op === 'delete')
          return (
            <del key={key}>
              <span className="hidden"> retiré : </span>
              {segment.text}
            </del>
          );
        return <span key={key}>{segment.text}</span>;
      })}
    </div>
  );
}
