import { useMutation } from '@tanstack/react-query';
import type { SavedFile } from '../../api/types';
import { moment } from '../../frame/french';
import { useStored } from '../../frame/storage';
import { Table } from '../../ui/Table';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Failure } from '../../ui/State';
import { draftStore, parseDraft } from '../draft';
import { keepBoth, keepMine, take } from './autosave';
import { differences } from './differences';

/** Somebody saved in between: both versions, who wrote the other, and three ways out that lose nothing unasked. */
export function Conflict({ theirs }: { theirs: SavedFile }) {
  const mine = useStored(draftStore);
  const lines = differences(mine, parseDraft(JSON.stringify(theirs.draft)));
  const solve = useMutation({ mutationFn: (way: () => unknown) => Promise.resolve(way()) });
  return (
    <Notice
      tone="warning"
      live
      title={`« ${theirs.title} » a été modifié par ${theirs.updated_by.name} le ${moment(theirs.updated_at)}`}
    >
      <p>Vous travailliez sur la version d’avant. Rien n’est perdu : choisissez ce que devient le dossier.</p>
      {lines.length > 0 ? (
        <Table
          caption="Les deux versions"
          head={['Ce qui diffère', 'Votre version', `Version de ${theirs.updated_by.name}`]}
          rows={lines.map((line) => [line.label, line.mine, line.theirs])}
        />
      ) : (
        <p>Les deux versions disent la même chose.</p>
      )}
      <div className="row">
        <Button look="primary" busy={solve.isPending} onClick={() => solve.mutate(() => keepMine(theirs))}>
          Garder ma version
        </Button>
        <Button busy={solve.isPending} onClick={() => solve.mutate(() => take(theirs))}>
          Prendre la version de {theirs.updated_by.name}
        </Button>
        <Button busy={solve.isPending} onClick={() => solve.mutate(() => keepBoth(theirs))}>
          Garder les deux : la mienne dans un nouveau dossier
        </Button>
      </div>
      {solve.isError && <Failure error={solve.error} kept="Votre version reste dans ce navigateur." />}
    </Notice>
  );
}
