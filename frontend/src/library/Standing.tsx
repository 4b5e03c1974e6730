import { Link } from '@tanstack/react-router';
import type { Clause } from '../api/types';
import { longDate, number } from '../frame/french';
import { Notice } from '../ui/Notice';
import { useLabels } from './api';

const STATUSES: Record<string, string> = {
  draft: 'Elle n’est pas encore relue : ne la recopiez pas dans un marché. La recherche ne la montre pas.',
  review: 'Un juriste et un technicien la relisent. La recherche et l’Assistant ne la proposent pas encore.',
  on_hold:
    'Un point de droit ou de marché est en cours d’examen. La recherche et l’Assistant ne la proposent plus.',
  superseded: 'Une autre clause la remplace. Son texte reste lisible pour les marchés qui la contiennent.',
  withdrawn:
    'N’en faites pas un nouveau marché. Son texte reste lisible pour les marchés qui la contiennent.',
};

/** What a reader must know before taking the clause: its status, and where the law stands today. */
export function Standing({ clause }: { clause: Clause }) {
  const label = useLabels();
  return (
    <>
      {clause.status !== 'active' && (
        <Notice tone="warning" title={`Cette clause est ${label('statuses', clause.status)}`}>
          <p>{STATUSES[clause.status]}</p>
          {(clause.relations['replaced_by'] ?? []).map((other) => (
            <p key={other.id}>
              Prenez plutôt{' '}
              <Link to="/clauses/$id" params={{ id: other.id }}>
                {other.title}
              </Link>
              .
            </p>
          ))}
        </Notice>
      )}
      {clause.status === 'active' && <LawToday clause={clause} />}
      {clause.review_overdue && (
        <Notice tone="warning" title="La relecture de cette clause est en retard">
          <p>
            Elle était prévue le {longDate(clause.next_review)}. Vérifiez les textes cités avant de vous en
            servir.
          </p>
        </Notice>
      )}
    </>
  );
}

function LawToday({ clause }: { clause: Clause }) {
  const label = useLabels();
  const { standing } = clause;
  if (standing.recalls_law)
    return (
      <Notice tone="warning" title="Cette clause ne fait que rappeler la loi">
        <p>{standing.reason}</p>
        {standing.asked !== null && <p>Demandez davantage dans l’Assistant pour qu’elle ait un effet.</p>}
      </Notice>
    );
  if (standing.fallen)
    return (
      <Notice
        tone="info"
        title={`Niveau ramené de ${label('levels', standing.written_level)} à ${label('levels', standing.level)}`}
      >
        <p>{standing.reason}</p>
      </Notice>
    );
  if (!standing.next_on) return null;
  return (
    <Notice tone="info" title={`La loi change le ${longDate(standing.next_on)}`}>
      {standing.next_required !== null && standing.asked !== null ? (
        <p>
          Elle demandera {number(standing.next_required)} {standing.unit} ; la clause demande{' '}
          {number(standing.asked)} {standing.unit}.
          {standing.next_required >= standing.asked && ' Elle ne fera alors que rappeler la loi.'}
        </p>
      ) : (
        <p>La loi demandera alors ce que demande la clause.</p>
      )}
    </Notice>
  );
}
