import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import type { FileApproval, SavedFile } from '../../api/types';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { RadioGroup } from '../../ui/Choice';
import { TextArea } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Badge } from '../../ui/Notice';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { PARTS } from './tasks';
import { approvalsQuery, approve, withdraw } from './traceApi';

export function Approvals({ file }: { file: SavedFile }) {
  const query = useQuery(approvalsQuery(file.id));
  const items = query.data?.items ?? [];
  return (
    <div className="stack">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !items.length && <Empty title="Personne n’a encore approuvé ce dossier" />}
      {items.length > 0 && (
        <Rows label="Approbations">
          {items.map((approval) => (
            <One key={approval.id} approval={approval} file={file} />
          ))}
        </Rows>
      )}
      {file.may.includes('approve') && <Give file={file} />}
    </div>
  );
}

function One({ approval, file }: { approval: FileApproval; file: SavedFile }) {
  const queries = useQueryClient();
  const take = useSubmit(
    () => withdraw(file.id, approval.id),
    () => void queries.invalidateQueries({ queryKey: ['files', file.id] }),
  );
  const part = PARTS.find((one) => one.value === approval.part)?.label ?? approval.part;
  return (
    <Row
      title={
        <>
          {part} : {approval.by.name}{' '}
          {approval.stands ? (
            <Badge tone="success" icon="check">
              Vaut pour la version actuelle
            </Badge>
          ) : (
            <Badge tone="warning">{approval.withdrawn_at ? 'Retirée' : 'Tombée : le dossier a changé'}</Badge>
          )}
        </>
      }
      facts={
        <>
          le {moment(approval.at)}, sur la version {approval.revision}
          {approval.note && ` : « ${approval.note} »`}
          {take.failure && <Failure error={take.failure} />}
        </>
      }
      actions={
        approval.may.includes('withdraw') && (
          <Button small look="quiet" busy={take.busy} about={`: ${part}`} onClick={() => take.submit()}>
            Retirer
          </Button>
        )
      }
    />
  );
}

function Give({ file }: { file: SavedFile }) {
  const queries = useQueryClient();
  const [part, setPart] = useState('');
  const [note, setNote] = useState('');
  const send = useSubmit(
    () => approve(file.id, file.version, part as FileApproval['part'], note),
    () => {
      setNote('');
      void queries.invalidateQueries({ queryKey: ['files', file.id] });
    },
  );
  return (
    <Form
      onSubmit={() => send.submit(part ? {} : { part: 'Dites en quelle qualité vous approuvez' })}
      errors={send.errors}
      attempt={send.attempt}
    >
      {send.failure && (
        <Failure
          error={send.failure}
          kept="Rien n’est approuvé : rechargez pour lire la version actuelle."
          retry={() => void queries.invalidateQueries({ queryKey: ['files', file.id] })}
        />
      )}
      <RadioGroup
        name="part"
        label="J’approuve en qualité de"
        value={part}
        onChange={setPart}
        options={PARTS}
        error={send.errors['part']}
      />
      <TextArea
        name="note"
        label="Note"
        optional
        rows={2}
        value={note}
        onChange={setNote}
        native={{ maxLength: 2000 }}
      />
      <Button type="submit" className="start" busy={send.busy}>
        Approuver la version {file.revision}
      </Button>
    </Form>
  );
}
