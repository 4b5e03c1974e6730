import { type ReactNode, useEffect, useState } from 'react';
import { explain } from '../api/problem';
import { Button } from './Button';
import { Notice } from './Notice';
import css from './State.module.css';

function useAfter(delay: number): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return over;
}

/** Grey lines in the place of what comes; a word after one second, another after five. */
export function Skeleton({
  lines = 3,
  blocks = 1,
  onCancel,
}: {
  lines?: number;
  blocks?: number;
  onCancel?: () => void;
}) {
  const visible = useAfter(200);
  const slow = useAfter(1000);
  const late = useAfter(5000);
  return (
    <div aria-busy="true" className={visible ? css.skeleton : `${css.skeleton} ${css.waiting}`}>
      <p role="status" className={slow ? 'soft small' : 'hidden'}>
        {late ? 'C’est plus long que prévu. Le chargement continue…' : slow ? 'Chargement…' : ''}
      </p>
      {late && onCancel && (
        <Button small onClick={onCancel}>
          Annuler
        </Button>
      )}
      {Array.from({ length: blocks }, (_, block) => (
        <div key={block} className={css.block}>
          {Array.from({ length: lines }, (__, line) => (
            <span key={line} className={css.line} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** What happened, what is kept, what to do. */
export function Failure({ error, kept, retry }: { error: unknown; kept?: string; retry?: () => void }) {
  const problem = explain(error);
  return (
    <div role="alert">
      <Notice tone="danger" title={problem.title}>
        <p>{problem.detail}</p>
        {kept && <p>{kept}</p>}
        {problem.reference && <p className="small soft">Référence à citer : {problem.reference}</p>}
        {retry && (
          <Button small className="start" onClick={retry}>
            Réessayer
          </Button>
        )}
      </Notice>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.empty}>
      <p className={css.emptyTitle}>{title}</p>
      {children}
    </div>
  );
}

/** A sentence said aloud when it changes, and seen unless `silent`. */
export function Status({ children, silent }: { children: ReactNode; silent?: boolean }) {
  return (
    <div role="status" className={silent ? 'hidden' : undefined}>
      {children}
    </div>
  );
}

/** What went wrong, said aloud as soon as it is there. */
export function Alert({ children }: { children: ReactNode }) {
  return <div role="alert">{children}</div>;
}

/** A short confirmation beside the button that caused it. */
export function Said({ children }: { children: string }) {
  return (
    <span role="status" className={css.said}>
      {children}
    </span>
  );
}
