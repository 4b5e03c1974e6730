import { Link } from '@tanstack/react-router';
import type { AnalysisResult } from '../api/types';
import { useLabels } from '../library/api';
import { Card, Quote } from '../ui/Card';
import { Badge } from '../ui/Notice';
import { placeId, Where } from './Where';

/** Passages of somebody else that do what a clause does, with the clauses of the library that are near. */
export function Roles({ roles }: { roles: AnalysisResult['roles'] }) {
  const label = useLabels();
  return (
    <ul className="plain stack tight">
      {roles.map((role) => (
        <li key={`${role.where.piece}-${role.where.paragraph}`}>
          <Card
            id={placeId(role.where)}
            aside={
              <div className="row tight">
                <Badge tone={role.weak ? 'warning' : 'success'}>{role.weak ? 'Fragile' : 'Bonne'}</Badge>
                <span className="soft small">Constat {role.confidence}</span>
              </div>
            }
          >
            <h3>{role.kind_label}</h3>
            <Where at={role.where} />
            <Quote>{role.excerpt}</Quote>
            {role.levers.length > 0 && (
              <p className="soft">{role.levers.map((lever) => label('levers', lever)).join(', ')}</p>
            )}
            {role.neighbours.length > 0 && (
              <p>
                Dans la bibliothèque :{' '}
                {role.neighbours.map((near, index) => (
                  <span key={near.clause_id}>
                    {index > 0 && ', '}
                    <Link to="/clauses/$id" params={{ id: near.clause_id }}>
                      {near.title}
                    </Link>{' '}
                    ({near.likeness})
                  </span>
                ))}
                .
              </p>
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}
