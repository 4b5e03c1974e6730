import { Link } from '@tanstack/react-router';
import type { ClauseRef } from '../api/types';
import { useLabels } from './api';

/** Clauses by title, with what they are. */
export function ClauseLinks({ clauses }: { clauses: ClauseRef[] }) {
  const label = useLabels();
  return (
    <ul className="bullets">
      {clauses.map((clause) => (
        <li key={clause.id}>
          <Link to="/clauses/$id" params={{ id: clause.id }}>
            {clause.title}
          </Link>{' '}
          <span className="small soft">
            {label('kinds', clause.kind)}, niveau {label('levels', clause.level)}
          </span>
        </li>
      ))}
    </ul>
  );
}
