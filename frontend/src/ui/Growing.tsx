import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './Button';
import { Status } from './State';

interface Props {
  /** Entries that are there now. */
  shown: number;
  /** Whether there are more. */
  more: boolean;
  busy: boolean;
  onMore: () => void;
  /** « Afficher plus de clauses ». */
  action: string;
  /** Completes the action for those who hear it, when several lists share the screen. */
  about?: string | undefined;
  /** « 40 clauses affichées » : said when the list grows. */
  said: string;
  children: ReactNode;
}

/** A list that grows at its end: the focus goes to the first entry that comes, unless it was moved meanwhile. */
export function Growing({ shown, more, busy, onMore, action, about, said, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const from = useRef<number | null>(null);
  const [grown, setGrown] = useState(false);
  useEffect(() => {
    const before = from.current;
    if (before === null || shown <= before) return;
    from.current = null;
    const here = document.activeElement;
    if (here !== null && here !== document.body && here !== button.current) return;
    const first = box.current?.querySelector('ul, ol, tbody')?.children[before];
    if (!(first instanceof HTMLElement)) return;
    first.tabIndex = -1;
    first.focus();
  }, [shown]);
  return (
    <>
      <div className="stack" ref={box}>
        {children}
      </div>
      <Status>
        {(more || grown) && shown > 0 && (
          <span className="small soft">{`${said}${more ? '' : ' : il n’y en a pas d’autres'}.`}</span>
        )}
      </Status>
      {more && (
        <Button
          className="start"
          ref={button}
          about={about}
          busy={busy}
          onClick={() => {
            from.current = shown;
            setGrown(true);
            onMore();
          }}
        >
          {action}
        </Button>
      )}
    </>
  );
}
