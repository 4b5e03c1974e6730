import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { euros, longDate, number } from '../../frame/french';
import { NamedList } from '../../ui/Contents';
import { Button } from '../../ui/Button';
import { Box } from '../../ui/Card';
import { Confirm } from '../../ui/Dialog';
import { DropZone } from '../../ui/DropZone';
import { Badge, type Tone } from '../../ui/Notice';
import { Failure } from '../../ui/State';
import { explain } from '../../api/problem';
import { type ControlRecord, eraseRecord, type FollowUp, joinDocument, removeDocument } from './api';
import { RecordForm } from './RecordForm';

const TONES: Record<ControlRecord['result'], Tone> = {
  received: 'info',
  conform: 'success',
  not_conform: 'danger',
  not_applicable: 'neutral',
};

/** What came of a control, with its documents. */
export function RecordShown({
  ident,
  follow,
  record,
  about,
  open,
  onOpen,
  onDone,
}: {
  ident: number;
  follow: FollowUp;
  record: ControlRecord;
  about: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  onDone: (sentence: string) => void;
}) {
  const [asking, setAsking] = useState(false);
  const erase = useMutation({
    mutationFn: () => eraseRecord(ident, record),
    onSuccess: () => onDone('Le résultat est effacé.'),
  });
  const mayRecord = follow.may.includes('record');
  if (open)
    return (
      <RecordForm
        ident={ident}
        follow={follow}
        record={record}
        onDone={() => onDone('Le résultat est corrigé.')}
        onCancel={() => onOpen(false)}
      />
    );
  return (
    <Box sunken label={`Résultat du ${longDate(record.done_on)}`}>
      <p className="row tight">
        <Badge tone={TONES[record.result]}>{record.label}</Badge>
        <span>
          le {longDate(record.done_on)}, noté par {record.recorded_by.name}
        </span>
        {record.penalty_due !== null && <span>pénalité : {euros(record.penalty_due)}</span>}
      </p>
      {record.note && <p>{record.note}</p>}
      <Documents record={record} about={about} may={mayRecord} onDone={onDone} />
      {erase.isError && <Failure error={erase.error} />}
      {mayRecord && (
        <div className="row">
          <Button small look="quiet" about={`: ${about}`} onClick={() => onOpen(true)}>
            Corriger
          </Button>
          <Button small look="quiet" about={`: ${about}`} onClick={() => setAsking(true)}>
            Effacer
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title="Effacer ce résultat ?"
        action="Effacer le résultat"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          erase.mutate();
        }}
      >
        <p>Ses pièces jointes sont effacées avec lui. Le contrôle redevient à faire.</p>
      </Confirm>
    </Box>
  );
}

function Documents({
  record,
  about,
  may,
  onDone,
}: {
  record: ControlRecord;
  about: string;
  may: boolean;
  onDone: (sentence: string) => void;
}) {
  const [joining, setJoining] = useState(false);
  const join = useMutation({
    mutationFn: (file: File) => joinDocument(record, file),
    onSuccess: () => {
      setJoining(false);
      onDone('La pièce est jointe.');
    },
  });
  const remove = useMutation({
    mutationFn: (ident: number) => removeDocument(ident),
    onSuccess: () => onDone('La pièce est retirée.'),
  });
  const refusal = join.isError ? explain(join.error) : null;
  return (
    <>
      {record.documents.length > 0 && (
        <NamedList label="Pièces jointes" tight>
          {record.documents.map((document) => (
            <li key={document.id} className="row tight">
              <a href={`/api/v1/check-documents/${document.id}`} download={document.name}>
                {document.name}
              </a>
              <span>{number(Math.max(1, Math.round(document.size / 1024)))} kio</span>
              {may && (
                <Button
                  small
                  look="quiet"
                  about={document.name}
                  busy={remove.isPending}
                  onClick={() => remove.mutate(document.id)}
                >
                  Retirer
                </Button>
              )}
            </li>
          ))}
        </NamedList>
      )}
      {remove.isError && <Failure error={remove.error} />}
      {may && !joining && (
        <Button small className="start" about={`: ${about}`} onClick={() => setJoining(true)}>
          Joindre une pièce
        </Button>
      )}
      {joining && (
        <DropZone
          name={`piece-${record.id}`}
          label={join.isPending ? 'Envoi de la pièce…' : 'Pièce à joindre'}
          hint="PDF, PNG, JPEG, DOCX ou ODT, 10 Mio au plus."
          accept=".pdf,.png,.jpg,.jpeg,.docx,.odt"
          error={refusal?.errors.length ? refusal.errors[0]?.detail : refusal?.detail}
          files={[]}
          onFiles={([file]) => file && !join.isPending && join.mutate(file)}
        />
      )}
    </>
  );
}
