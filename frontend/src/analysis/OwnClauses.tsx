import { Link } from '@tanstack/react-router';
import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import type { OwnClause } from '../api/types';
import { Card, Details, Quote } from '../ui/Card';
import { Difference } from '../ui/Difference';
import { Badge, type Tone } from '../ui/Notice';
import { Empty } from '../ui/State';
import { Resume } from './Resume';
import { acceptedStore, toggleUpgrade, write } from './fixes';
import { placeId, Where } from './Where';

const TONES: Record<OwnClause['state'], Tone> = {
  current: 'success',
  edited: 'warning',
  stale: 'warning',
  withdrawn: 'danger',
  unknown: 'neutral',
};
const ORDER: OwnClause['state'][] = ['withdrawn', 'stale', 'edited', 'unknown', 'current'];

export function OwnClauses({ analysis, own }: { analysis: string; own: readonly OwnClause[] }) {
  if (!own.length)
    return (
      <Empty title="Aucune clause de la bibliothèque dans ce dossier">
        <p>Les passages fragiles sont signalés plus bas, avec la clause qui les remplace.</p>
      </Empty>
    );
  const groups = ORDER.map((state) => own.filter((one) => one.state === state)).filter(
    (group) => group.length,
  );
  return (
    <div className="stack loose">
      <Resume own={own} />
      {groups.map((group) => (
        <section key={group[0]?.state} className="stack tight">
          <h3>
            {group[0]?.state_label} ({group.length})
          </h3>
          <ul className="plain stack tight">
            {group.map((one) => (
              <li key={`${one.where.piece}-${one.where.paragraph}`}>
                <OwnCard analysis={analysis} one={one} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function OwnCard({ analysis, one }: { analysis: string; one: OwnClause }) {
  return (
    <Card
      id={placeId(one.where)}
      stop={one.state !== 'current'}
      aside={
        <div className="row tight">
          <Badge tone={TONES[one.state]}>{one.state_label}</Badge>
        </div>
      }
    >
      <h4>
        {one.state === 'unknown' ? (
          one.title
        ) : (
          <Link to="/clauses/$id" params={{ id: one.clause_id }}>
            {one.title}
          </Link>
        )}
      </h4>
      <Where at={one.where} />
      <p>{one.sentence}</p>
      {one.reasons.length > 0 && (
        <ul className="bullets">
          {one.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {one.out_of_bounds.map((sentence) => (
        <p key={sentence}>
          <strong>Valeur à revoir : </strong>
          {sentence}
        </p>
      ))}
      {one.changes.length > 0 && (
        <Details summary="Ce que la mise à jour change" open={one.state === 'stale'}>
          <Difference segments={one.changes} label="De la version de votre dossier à la version actuelle" />
        </Details>
      )}
      {one.difference.length > 0 && (
        <Details summary="Ce qui a été modifié dans votre document">
          <Difference segments={one.difference} label="Du texte de la bibliothèque à votre document" />
        </Details>
      )}
      {one.upgradable && <Upgrade analysis={analysis} one={one} />}
      {!one.changes.length && !one.difference.length && <Quote>{one.excerpt}</Quote>}
    </Card>
  );
}

function Upgrade({ analysis, one }: { analysis: string; one: OwnClause }) {
  const accepted = useStored(acceptedStore)[analysis]?.upgrades.includes(one.clause_id) ?? false;
  return (
    <div className="row tight">
      <Button
        small
        look={accepted ? 'secondary' : 'primary'}
        pressed={accepted}
        about={`: ${one.title}`}
        onClick={() => write(analysis, (before) => toggleUpgrade(before, one.clause_id))}
      >
        {accepted ? 'Mise à jour acceptée' : 'Accepter la mise à jour'}
      </Button>
    </div>
  );
}
