import { useState } from 'react';
import { Button } from './Button';
import css from './Diff.module.css';

export interface DiffRun {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

export interface DiffRow {
  runs: DiffRun[];
}

const keyed = <T,>(list: T[]) => list.map((value, index) => ({ key: index, value }));

/** Words that came are underlined and marked « ajout », words that went are struck and marked « retrait ». */
function Runs({ runs, side }: { runs: DiffRun[]; side?: 'before' | 'after' }) {
  const hidden = side === 'before' ? 'insert' : side === 'after' ? 'delete' : '';
  return keyed(runs.filter((run) => run.op !== hidden)).map(({ key, value }) => {
    if (value.op === 'equal') return <span key={key}>{value.text}</span>;
    const Tag = value.op === 'insert' ? 'ins' : 'del';
    return (
      <Tag key={key} className={value.op === 'insert' ? css.added : css.removed}>
        <span className={css.mark}>{value.op === 'insert' ? 'ajout' : 'retrait'}</span> {value.text}
      </Tag>
    );
  });
}

/** A text in two versions: in one column with marks, or the old one beside the new one. */
export function Diff({
  label,
  before,
  after,
  rows,
}: {
  label: string;
  before: string;
  after: string;
  rows: DiffRow[];
}) {
  return (
    <>
      <div className={css.inline}>
        {keyed(rows).map(({ key, value }) => (
          <p key={key}>
            <Runs runs={value.runs} />
          </p>
        ))}
      </div>
      <div className={css.sides} role="group" aria-label={label}>
        <p className={css.head}>{before}</p>
        <p className={css.head}>{after}</p>
        {keyed(rows).map(({ key, value }) => (
          <div key={key} className={css.pair}>
            <p>
              <Runs runs={value.runs} side="before" />
            </p>
            <p>
              <Runs runs={value.runs} side="after" />
            </p>
          </div>
        ))}
      </div>
    </>
  );
}

/** Chooses between the two ways of showing; both hold the same words. */
export function DiffView({ children }: { children: React.ReactNode }) {
  const [sides, setSides] = useState(false);
  return (
    <div className={sides ? `${css.view} ${css.asSides}` : css.view}>
      <div className="row tight">
        <Button small pressed={!sides} onClick={() => setSides(false)}>
          En une colonne
        </Button>
        <Button small pressed={sides} onClick={() => setSides(true)}>
          Côte à côte
        </Button>
      </div>
      {children}
    </div>
  );
}
