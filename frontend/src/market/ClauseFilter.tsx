import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { chosen, suggestionGroups, useSuggestions } from '../library/suggestions';
import { Button } from '../ui/Button';
import { ComboBox } from '../ui/ComboBox';
import { Select } from '../ui/Field';
import type { FirmFilters } from './filters';
import { LEVELS } from './words';

const ATLEAST = LEVELS.map(({ value, label }) =>
  value === '1' ? { value: '', label: 'Tous les niveaux' } : { value, label: `${label} au moins` },
);

/** The firms that declare they meet a clause, from a level up. */
export function ClauseFilter({
  filters,
  change,
}: {
  filters: FirmFilters;
  change: (next: FirmFilters) => void;
}) {
  const [text, setText] = useState('');
  const { found, searching } = useSuggestions(text);
  const { clause, level, ...rest } = filters;
  if (clause)
    return (
      <div className="stack tight">
        <p>
          Déclare répondre à{' '}
          <Link to="/clauses/$id" params={{ id: clause }}>
            {clause}
          </Link>
        </p>
        <Select
          name="level"
          label="Niveau déclaré"
          options={ATLEAST}
          value={level ?? ''}
          onChange={(value) => change({ ...rest, clause, level: value })}
        />
        <Button small className="start" about={clause} onClick={() => change(rest)}>
          Retirer la clause
        </Button>
      </div>
    );
  return (
    <ComboBox
      name="clause"
      label="Répond à la clause"
      hint="Un mot ou un identifiant, par exemple CEC-MOB-001, puis choisissez dans la liste."
      value={text}
      onInput={setText}
      searching={searching}
      groups={suggestionGroups(found, ['clause'])}
      onChoose={(id) => {
        setText('');
        change({ ...rest, clause: chosen(id)[1] });
      }}
    />
  );
}
