import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Clause } from '../api/types';
import { useStored } from '../frame/storage';
import { clauseQuery } from '../library/api';
import { draftStore } from '../purchases/draft';
import { itemErrors } from '../purchases/variables';
import { Button } from '../ui/Button';
import { Box } from '../ui/Card';
import { Said } from '../ui/State';
import { accept, acceptedStore, type Fix, firstFix, refuse, type Spot, write } from './fixes';
import { FixForm } from './FixForm';

export interface Choice {
  clause_id: string;
  title: string;
}

interface Props {
  analysis: string;
  /** What it answers. */
  fixKey: string;
  choices: readonly Choice[];
  spot: Spot;
  /** What the buttons are about, for those who hear the page. */
  about: string;
}

/** « Insérer la clause »: accepted at once when nothing is missing, else asked for on the spot; then changed or taken back. */
export function Fixing({ analysis, fixKey, choices, spot, about }: Props) {
  const { items } = useStored(draftStore);
  const accepted = useStored(acceptedStore)[analysis];
  const fix = accepted?.fixes.find((one) => one.key === fixKey);
  const [first] = choices;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<Fix | null>(null);
  const [said, setSaid] = useState('');
  if (!first) return null;

  const already = !fix && accepted?.fixes.find((one) => choices.some((c) => c.clause_id === one.clauseId));
  const keep = (next: Fix) => {
    write(analysis, (before) => accept(before, next));
    setOpen(null);
    setSaid('Correction acceptée.');
  };
  const proposed = firstFix(fixKey, { id: first.clause_id, title: first.title }, spot, items);
  // A clause whose record does not come is chosen in the form, which says why.
  const take = async () => {
    setBusy(true);
    const clause = await queries.fetchQuery(clauseQuery(first.clause_id)).catch(() => null);
    setBusy(false);
    return clause && isComplete(proposed, clause) ? keep(proposed) : setOpen(proposed);
  };

  if (open)
    return (
      <FixForm
        start={open}
        choices={choices}
        spot={spot}
        about={about}
        onAccept={keep}
        onCancel={() => setOpen(null)}
      />
    );
  return (
    <Box sunken>
      {fix ? (
        <p>
          <strong>Correction acceptée : </strong>
          {fix.title}, {placeOf(fix)}.
        </p>
      ) : (
        <p>
          <strong>La clause qui corrige : </strong>
          {first.title}
        </p>
      )}
      {already && (
        <p className="soft small">
          Cette clause est déjà acceptée pour un autre passage ({placeOf(already)}) : une fois suffit souvent.
        </p>
      )}
      <div className="row tight">
        {fix ? (
          <>
            <Button small about={about} onClick={() => setOpen(fix)}>
              Modifier
            </Button>
            <Button
              small
              look="quiet"
              about={`la correction ${about}`}
              onClick={() => {
                write(analysis, (before) => refuse(before, fixKey));
                setSaid('Correction retirée.');
              }}
            >
              Retirer
            </Button>
          </>
        ) : (
          <>
            <Button
              small
              look={already ? 'secondary' : 'primary'}
              busy={busy}
              about={about}
              onClick={() => void take()}
            >
              Insérer la clause
            </Button>
            <Button small look="quiet" about={about} onClick={() => setOpen(proposed)}>
              {choices.length > 1 ? 'Choisir la clause et ses valeurs' : 'Choisir ses valeurs'}
            </Button>
          </>
        )}
        <Said>{said}</Said>
      </div>
    </Box>
  );
}

const isComplete = (fix: Fix, clause: Clause): boolean =>
  Object.keys(itemErrors(clause.variables, fix)).length === 0;

export function placeOf(fix: Fix): string {
  return fix.replace
    ? `à la place du paragraphe ${fix.after} de « ${fix.piece} »`
    : `après le paragraphe ${fix.after} de « ${fix.piece} »`;
}
