import type { AnalysisResult } from '../api/types';
import { count } from '../frame/french';
import { Button } from '../ui/Button';
import { Box, Summary } from '../ui/Card';
import { type Accepted, NOTHING, refuse, toggleUpgrade, write } from './fixes';
import { placeOf } from './Fixing';

interface Props {
  analysis: string;
  accepted: Accepted;
  own: AnalysisResult['own'];
}

/** What the document will carry, each of which may still be taken back. */
export function AcceptedList({ analysis, accepted, own }: Props) {
  const many = accepted.fixes.length + accepted.upgrades.length;
  if (!many) return null;
  const title = (id: string) => own.find((one) => one.clause_id === id)?.title ?? id;
  const remove = (about: string, act: () => void) => (
    <Button small look="quiet" about={`: ${about}`} onClick={act}>
      Retirer
    </Button>
  );
  return (
    <Box>
      <div className="row">
        <h3>{count(many, 'correction acceptée', 'corrections acceptées')}</h3>
        <Button small look="quiet" onClick={() => write(analysis, () => NOTHING)}>
          Tout retirer
        </Button>
      </div>
      <Summary
        rows={[
          ...accepted.upgrades.map((id) => ({
            term: title(id),
            value: 'mise à jour vers la version actuelle',
            action: remove(title(id), () => write(analysis, (before) => toggleUpgrade(before, id))),
          })),
          ...accepted.fixes.map((fix) => ({
            term: fix.title,
            value: `${placeOf(fix)}${fix.blank.length ? `, ${count(fix.blank.length, 'valeur')} en blanc` : ''}`,
            action: remove(fix.title, () => write(analysis, (before) => refuse(before, fix.key))),
          })),
        ]}
      />
    </Box>
  );
}
