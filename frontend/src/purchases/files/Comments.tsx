import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import type { FileComment, SavedFile } from '../../api/types';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { Select, TextArea } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Row, Rows } from '../../ui/Rows';
import { Empty, Failure, Skeleton } from '../../ui/State';
import { addComment, commentsQuery, settleComment } from './traceApi';

interface Held {
  clauseId: string;
  title: string;
}

/** The clauses of a file, to say which one a comment or a decision is about. */
export function heldClauses(file: SavedFile): Held[] {
  const items: unknown = file.draft['items'];
  return Array.isArray(items)
    ? items.map((item: Held) => ({ clauseId: String(item.clauseId), title: String(item.title) }))
    : [];
}

export const clauseOptions = (held: readonly Held[]) =>
  held.map(({ clauseId, title }) => ({ value: clauseId, label: `${clauseId} – ${title}` }));

export function Comments({ file }: { file: SavedFile }) {
  const query = useQuery(commentsQuery(file.id));
  const items = query.data?.items ?? [];
  return (
    <div className="stack">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !items.length && <Empty title="Aucun commentaire" />}
      {items.length > 0 && (
        <Rows label="Commentaires">
          {items.map((comment) => (
            <One key={comment.id} comment={comment} file={file} />
          ))}
        </Rows>
      )}
      {file.may.includes('comment') && <Write file={file} />}
    </div>
  );
}

/** Who wrote it: a member, or somebody with a link who gave a name. */
export const authorOf = (comment: FileComment): string =>
  comment.by?.name ?? `${comment.signed} (par un lien de partage)`;

function One({ comment, file }: { comment: FileComment; file: SavedFile }) {
  const queries = useQueryClient();
  const clause = heldClauses(file).find((one) => one.clauseId === comment.clause_id);
  const settle = useSubmit(
    () => settleComment(file.id, comment, comment.resolved_at === null),
    () => void queries.invalidateQueries({ queryKey: ['files', file.id] }),
  );
  const closed = comment.resolved_at !== null;
  return (
    <Row
      title={comment.text}
      facts={
        <>
          {authorOf(comment)}, le {moment(comment.at)}
          {comment.clause_id && ` · sur ${comment.clause_id}${clause ? ` – ${clause.title}` : ''}`}
          {closed && ` · clos par ${comment.resolved_by?.name ?? ''}`}
          {settle.failure && <Failure error={settle.failure} />}
        </>
      }
      actions={
        comment.may.length > 0 && (
          <Button
            small
            busy={settle.busy}
            about={`: ${comment.text.slice(0, 60)}`}
            onClick={() => settle.submit()}
          >
            {closed ? 'Rouvrir' : 'Clore'}
          </Button>
        )
      }
    />
  );
}

function Write({ file }: { file: SavedFile }) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [clause, setClause] = useState('');
  const send = useSubmit(
    () => addComment(file.id, text, clause || null),
    () => {
      setText('');
      void queries.invalidateQueries({ queryKey: ['files', file.id] });
    },
  );
  return (
    <Form
      onSubmit={() => send.submit(text.trim() ? {} : { text: 'Écrivez votre commentaire' })}
      errors={send.errors}
      attempt={send.attempt}
    >
      {send.failure && <Failure error={send.failure} kept="Votre texte est gardé ici." />}
      <TextArea
        name="text"
        label="Votre commentaire"
        value={text}
        onChange={setText}
        error={send.errors['text']}
        native={{ maxLength: 5000 }}
      />
      <Select
        name="clause"
        label="Sur quoi"
        width="full"
        value={clause}
        onChange={setClause}
        options={[{ value: '', label: 'Le dossier entier' }, ...clauseOptions(heldClauses(file))]}
      />
      <Button type="submit" className="start" busy={send.busy}>
        Commenter
      </Button>
    </Form>
  );
}
