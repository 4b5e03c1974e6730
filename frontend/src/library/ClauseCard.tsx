import { Link } from '@tanstack/react-router';
import type { ClauseSummary } from '../api/types';
import { capital, list } from '../frame/french';
import { Card, Facts } from '../ui/Card';
import { Badge, Level } from '../ui/Notice';
import { SelectButton } from '../purchases/SelectButton';
import { useLabels } from './api';

export function ClauseCard({ clause }: { clause: ClauseSummary }) {
  const label = useLabels();
  return (
    <Card>
      <div className="stack tight">
        <h3>
          <Link to="/clauses/$id" params={{ id: clause.id }}>
            {clause.title}
          </Link>
        </h3>
        <p className="measure">{clause.summary}</p>
      </div>
      <div className="row ends">
        <Facts>
          <Level level={clause.level} />
          <span>{label('kinds', clause.kind)}</span>
          <span>{list(clause.pieces)}</span>
          <span>{label('families', clause.family)}</span>
          <ClauseMarks clause={clause} />
        </Facts>
        <SelectButton clause={{ ...clause, piece: clause.pieces[0] ?? '' }} />
      </div>
    </Card>
  );
}

/** What deserves a word before one opens the clause: it only restates the law, or it is no longer in force. */
function ClauseMarks({ clause }: { clause: ClauseSummary }) {
  const label = useLabels();
  return (
    <>
      {clause.gain === 'none' && <Badge tone="warning">Ne fait que rappeler la loi</Badge>}
      {clause.status !== 'active' && (
        <Badge tone="warning">{capital(label('statuses', clause.status))}</Badge>
      )}
    </>
  );
}
