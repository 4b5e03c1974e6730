import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSubmit } from '../../accounts/submit';
import type { FileShare, SavedFile } from '../../api/types';
import { moment } from '../../frame/french';
import { Button } from '../../ui/Button';
import { RadioGroup } from '../../ui/Choice';
import { CopyButton } from '../../ui/Copy';
import { Select, TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { Row, Rows } from '../../ui/Rows';
import { Failure, Skeleton } from '../../ui/State';
import { makeShare, revokeShare, sharesQuery } from './traceApi';

const RIGHTS = [
  { value: 'read', label: 'Lire le dossier' },
  { value: 'comment', label: 'Lire et commenter' },
];
const LIVES = [
  { value: '7', label: '7 jours' },
  { value: '30', label: '30 jours' },
  { value: '90', label: '90 jours' },
  { value: '365', label: 'un an' },
];

export function Shares({ file }: { file: SavedFile }) {
  const query = useQuery(sharesQuery(file.id));
  const items = query.data?.items ?? [];
  return (
    <div className="stack">
      {query.isPending && <Skeleton />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {items.length > 0 && (
        <Rows label="Liens de partage">
          {items.map((share) => (
            <One key={share.id} share={share} file={file} />
          ))}
        </Rows>
      )}
      {query.data && !items.length && (
        <p className="soft">Aucun lien : seule votre organisation voit ce dossier.</p>
      )}
      {file.may.includes('share') && <Make file={file} />}
    </div>
  );
}

function One({ share, file }: { share: FileShare; file: SavedFile }) {
  const queries = useQueryClient();
  const revoke = useSubmit(
    () => revokeShare(file.id, share.id),
    () => void queries.invalidateQueries({ queryKey: ['files', file.id] }),
  );
  const end = share.revoked_at
    ? `retiré le ${moment(share.revoked_at)}`
    : `${share.works ? 'jusqu’au' : 'fini depuis le'} ${moment(share.expires_at)}`;
  return (
    <Row
      title={share.label || 'Lien sans nom'}
      facts={
        <>
          {share.right === 'comment' ? 'lire et commenter' : 'lire'}, {end} ; créé par {share.created_by.name}{' '}
          ; {share.used_at ? `ouvert pour la première fois le ${moment(share.used_at)}` : 'jamais ouvert'}
          {revoke.failure && <Failure error={revoke.failure} />}
        </>
      }
      actions={
        share.may.includes('revoke') && (
          <Button
            small
            look="quiet"
            busy={revoke.busy}
            about={`: ${share.label}`}
            onClick={() => revoke.submit()}
          >
            Retirer ce lien
          </Button>
        )
      }
    />
  );
}

function Make({ file }: { file: SavedFile }) {
  const queries = useQueryClient();
  const [right, setRight] = useState<'read' | 'comment'>('read');
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('30');
  const [link, setLink] = useState('');
  const send = useSubmit(
    () => makeShare(file.id, { right, label, days: Number(days) }),
    (made) => {
      setLink(made.link);
      setLabel('');
      void queries.invalidateQueries({ queryKey: ['files', file.id] });
    },
  );
  return (
    <Form onSubmit={() => send.submit()} errors={send.errors} attempt={send.attempt}>
      {send.failure && <Failure error={send.failure} />}
      {link && (
        <Notice tone="success" live title="Le lien est prêt : copiez-le maintenant, il ne sera plus montré">
          <p className="measure">
            <code>{link}</code>
          </p>
          <CopyButton text={link} label="Copier le lien" />
        </Notice>
      )}
      <TextField
        name="pour"
        label="Pour qui"
        optional
        hint="Un nom qui vous aide à retrouver ce lien, par exemple : service technique."
        value={label}
        onChange={setLabel}
        native={{ maxLength: 120 }}
      />
      <RadioGroup
        name="droit"
        label="Ce que le lien permet"
        value={right}
        onChange={(value) => setRight(value === 'comment' ? 'comment' : 'read')}
        options={RIGHTS}
      />
      <Select name="duree" label="Pendant" value={days} onChange={setDays} options={LIVES} />
      <Button type="submit" className="start" busy={send.busy}>
        Créer le lien
      </Button>
    </Form>
  );
}
