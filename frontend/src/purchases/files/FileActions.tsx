import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedFile } from '../../api/types';
import { useStored } from '../../frame/storage';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Failure } from '../../ui/State';
import { copyFile, type Move, moveFile } from './api';
import { flush, forgetFile } from './autosave';
import { openedStore } from './opened';

type Acted = Pick<SavedFile, 'id' | 'title' | 'version' | 'may'>;

const SAID: Record<Move, string> = {
  archive: 'est archivé.',
  restore: 'est de nouveau en cours.',
  delete: 'est dans la corbeille pour trente jours.',
};

/** What one may do with a file as a whole; the server says which. */
export function FileActions({ file, onDone }: { file: Acted; onDone: (sentence: string) => void }) {
  const [asking, setAsking] = useState(false);
  const opened = useStored(openedStore);
  const navigate = useNavigate();
  const move = useMutation({
    mutationFn: async (way: Move) => {
      // What this browser has not sent yet goes first: putting a file away must lose nothing.
      if (opened?.id === file.id) await flush();
      const version = openedStore.read()?.id === file.id ? openedStore.read()?.version : file.version;
      const moved = await moveFile(file.id, version ?? file.version, way);
      if (opened?.id === file.id) forgetFile();
      return moved;
    },
    onSuccess: (_, way) => onDone(`« ${file.title} » ${SAID[way]}`),
  });
  const copy = useMutation({
    mutationFn: () => copyFile(file.id),
    onSuccess: (made) => {
      onDone(`« ${made.title} » est créé.`);
      void navigate({ to: '/dossiers/$id', params: { id: String(made.id) } });
    },
  });
  const may = (act: string) => file.may.includes(act);
  const about = `: ${file.title}`;
  return (
    <div className="stack tight no-print">
      <div className="row tight">
        {may('copy') && (
          <Button small about={about} busy={copy.isPending} onClick={() => copy.mutate()}>
            Dupliquer
          </Button>
        )}
        {may('archive') && (
          <Button small about={about} busy={move.isPending} onClick={() => move.mutate('archive')}>
            Archiver
          </Button>
        )}
        {may('restore') && (
          <Button small about={about} busy={move.isPending} onClick={() => move.mutate('restore')}>
            Restaurer
          </Button>
        )}
        {may('delete') && (
          <Button small look="quiet" about={about} onClick={() => setAsking(true)}>
            Supprimer
          </Button>
        )}
      </div>
      {(move.isError || copy.isError) && <Failure error={move.error ?? copy.error} />}
      <Confirm
        open={asking}
        title={`Supprimer « ${file.title} » ?`}
        action="Mettre à la corbeille"
        onConfirm={() => {
          setAsking(false);
          move.mutate('delete');
        }}
        onClose={() => setAsking(false)}
      >
        <p>
          Le dossier reste trente jours dans la corbeille, d’où il se restaure. Ses liens de partage n’ouvrent
          plus.
        </p>
      </Confirm>
    </div>
  );
}
