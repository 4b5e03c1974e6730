import { useState } from 'react';
import { Button } from '../ui/Button';

/** Where one is in a list of keyset pages; another list (`of`) starts again from its first page. */
export function usePages(of = '') {
  const [at, setAt] = useState<{ of: string; cursors: string[] }>({ of, cursors: [] });
  const cursors = at.of === of ? at.cursors : [];
  return {
    cursor: cursors.at(-1),
    first: cursors.length === 0,
    forward: (next: string) => setAt({ of, cursors: [...cursors, next] }),
    back: () => setAt({ of, cursors: cursors.slice(0, -1) }),
  };
}

export function Pager({
  pages,
  next,
  about,
}: {
  pages: ReturnType<typeof usePages>;
  next: string | null | undefined;
  /** « des événements passés », when several lists share the screen. */
  about?: string;
}) {
  if (pages.first && !next) return null;
  const named = about ? { about } : {};
  return (
    <div className="row">
      {!pages.first && (
        <Button {...named} onClick={pages.back}>
          Page précédente
        </Button>
      )}
      {next && (
        <Button {...named} onClick={() => pages.forward(next)}>
          Page suivante
        </Button>
      )}
    </div>
  );
}
