import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Icon } from '../ui/Icon';
import { type Filters, withValues } from './filters';
import { chosen, suggestionGroups, useSuggestions } from './suggestions';

/** The search box of the library, with what it may mean offered while one types. */
export function SearchWithin({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const [text, setText] = useState(filters.q ?? '');
  const [known, setKnown] = useState(filters.q);
  const navigate = useNavigate();
  const { found, searching } = useSuggestions(text);
  if (known !== filters.q) {
    setKnown(filters.q);
    setText(filters.q ?? '');
  }
  const { q: _, ...rest } = filters;
  const search = (q: string) => onChange(q.trim() ? { ...rest, q: q.trim() } : rest);
  const choose = (id: string) => {
    const [kind, code] = chosen(id);
    if (kind === 'clause') void navigate({ to: '/clauses/$id', params: { id: code } });
    else if (kind === 'expression') {
      setText(code);
      search(code);
    } else {
      setText('');
      if (kind === 'cpv') onChange({ ...rest, cpv: code });
      else onChange(withValues(rest, kind === 'famille' ? 'family' : 'lever', [code]));
    }
  };
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        search(text);
      }}
    >
      <ComboBox
        name="recherche-clauses"
        label="Chercher dans les clauses"
        submits
        value={text}
        onInput={setText}
        groups={suggestionGroups(found, ['expression', 'famille', 'levier', 'cpv', 'clause'])}
        searching={searching}
        onChoose={choose}
      />
      <Button type="submit" small className="start">
        <Icon name="search" /> Chercher
      </Button>
    </form>
  );
}
