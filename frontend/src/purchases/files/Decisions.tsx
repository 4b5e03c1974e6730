import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import type { FileDecision, SavedFile } from '../../api/types';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Details } from '../../ui/Card';
import { RadioGroup } from '../../ui/Choice';
import { Select, TextArea } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { clauseOptions, heldClauses } from './Comments';
import { addDecision, decisionsQuery, giveReason } from './traceApi';

const KINDS = { accept: 'Gardée', refuse: 'Refusée', change: 'Modifiée' } as const;

export function Decisions({ file }: { file: SavedFile }) {
  const query = useQuery(decisionsQuery(file.id));
  const items = query.data?.items ?? [];
  return (
    <div className="stack">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !items.length && (
        <Empty title="Aucune décision">
          <p>Elles s’écrivent quand vous gardez, refusez ou modifiez une clause dans l’Assistant.</p>
        </Empty>
      )}
      {items.length > 0 && (
        <Rows label="Décisions">
          {items.map((decision) => (
            <One key={decision.id} decision={decision} file={file} />
          ))}
        </Rows>
      )}
      {file.may.includes('decide') && heldClauses(file).length > 0 && (
        <Details summary="Consigner une décision">
          <Write file={file} />
        </Details>
      )}
    </div>
  );
}

const NAMES: Record<string, string> = { version: 'version', blank: 'blancs', weight: 'poids', lots: 'lots' };

function changed(details: Record<string, unknown>): string {
  return Object.entries(details)
    .map(([name, pair]) => {
      const [before, after] = Array.isArray(pair) ? pair : [null, null];
      const shown = (value: unknown) =>
        Array.isArray(value) ? value.join(', ') || 'aucun' : String(value ?? '') || 'valeur proposée';
      return `${NAMES[name] ?? name.replaceAll('_', ' ')} : ${shown(before)} → ${shown(after)}`;
    })
    .join(' ; ');
}

function One({ decision, file }: { decision: FileDecision; file: SavedFile }) {
  const details = changed(decision.details);
  return (
    <Row
      title={
        <>
          {KINDS[decision.kind]} :{' '}
          <Link to="/clauses/$id" params={{ id: decision.clause_id }}>
            {decision.title}
          </Link>
        </>
      }
      facts={
        <div className="stack tight">
          {details && <span>{details}</span>}
          <span>{decision.reason ? `Raison : ${decision.reason}` : 'Sans raison donnée'}</span>
          <span>
            {decision.by.name}, le {moment(decision.at)}, version {decision.revision} du dossier
          </span>
          {decision.may.includes('give_reason') && <Reason decision={decision} file={file} />}
        </div>
      }
    />
  );
}

function Reason({ decision, file }: { decision: FileDecision; file: SavedFile }) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const name = `raison-${decision.id}`;
  const send = useSubmit(
    () => giveReason(file.id, decision.id, reason),
    () => void queries.invalidateQueries({ queryKey: ['files', file.id, 'decisions'] }),
  );
  return (
    <Details summary={`Donner la raison : ${decision.title}`}>
      <Form
        onSubmit={() => send.submit(reason.trim() ? {} : { [name]: 'Écrivez la raison de cette décision' })}
        errors={send.errors}
        attempt={send.attempt}
      >
        {send.failure && <Failure error={send.failure} kept="Votre texte est gardé ici." />}
        <TextArea
          name={name}
          label="Raison"
          hint="Elle s’écrit une fois : la trace des décisions ne se réécrit pas."
          value={reason}
          onChange={setReason}
          error={send.errors[name] ?? send.errors['reason']}
          native={{ maxLength: 2000 }}
        />
        <Button small type="submit" className="start" busy={send.busy}>
          Enregistrer la raison
        </Button>
      </Form>
    </Details>
  );
}

function Write({ file }: { file: SavedFile }) {
  const queries = useQueryClient();
  const held = heldClauses(file);
  const [clause, setClause] = useState(held[0]?.clauseId ?? '');
  const [kind, setKind] = useState<FileDecision['kind']>('accept');
  const [reason, setReason] = useState('');
  const send = useSubmit(
    () => addDecision(file.id, clause, kind, reason),
    () => {
      setReason('');
      void queries.invalidateQueries({ queryKey: ['files', file.id, 'decisions'] });
    },
  );
  return (
    <Form
      onSubmit={() => send.submit(reason.trim() ? {} : { decision: 'Écrivez la raison de cette décision' })}
      errors={send.errors}
      attempt={send.attempt}
    >
      {send.failure && <Failure error={send.failure} kept="Votre texte est gardé ici." />}
      <Select
        name="decision-clause"
        label="Clause"
        width="full"
        value={clause}
        onChange={setClause}
        options={clauseOptions(held)}
      />
      <RadioGroup
        name="decision-sens"
        label="Décision"
        look="inline"
        value={kind}
        onChange={(value) => setKind(value as FileDecision['kind'])}
        options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
      />
      <TextArea
        name="decision"
        label="Raison"
        value={reason}
        onChange={setReason}
        error={send.errors['decision'] ?? send.errors['reason']}
        native={{ maxLength: 2000 }}
      />
      <Button type="submit" className="start" busy={send.busy}>
        Consigner
      </Button>
    </Form>
  );
}
