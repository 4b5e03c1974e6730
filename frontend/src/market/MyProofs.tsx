import { useState } from 'react';
import { useSubmit } from '../accounts/submit';
import { api, done, newKey, unwrap } from '../api/client';
import { isoDate } from '../frame/french';
import { Button } from '../ui/Button';
import { DateField } from '../ui/Choice';
import { FieldError, TextField, fieldId } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure } from '../ui/State';
import type { Firm, Proof } from './api';
import { proofFacts } from './facts';
import { tag, useRefreshFirm } from './refresh';

export function MyProofs({ firm }: { firm: Firm }) {
  const [open, setOpen] = useState<Proof | 'new' | null>(null);
  const edits = firm.may.includes('edit');
  if (open && edits)
    return (
      <ProofForm
        key={open === 'new' ? 'new' : open.id}
        firm={firm}
        current={open === 'new' ? null : open}
        close={() => setOpen(null)}
      />
    );
  return (
    <Section
      title="Mes preuves"
      intro="Labels, attestations, références. Trente jours avant une échéance, un courriel vous prévient ; le lendemain de l’échéance, la preuve ne compte plus."
    >
      {firm.proofs.length === 0 && <Empty title="Aucune preuve pour l’instant" />}
      {firm.proofs.length > 0 && (
        <Rows label="Mes preuves">
          {firm.proofs.map((one) => (
            <ProofRow key={one.id} item={one} firm={firm} edit={() => setOpen(one)} edits={edits} />
          ))}
        </Rows>
      )}
      {edits && (
        <Button look="primary" className="start" onClick={() => setOpen('new')}>
          Ajouter une preuve
        </Button>
      )}
    </Section>
  );
}

function ProofRow({
  item,
  firm,
  edit,
  edits,
}: {
  item: Proof;
  firm: Firm;
  edit: () => void;
  edits: boolean;
}) {
  const refresh = useRefreshFirm(firm.siret);
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/proofs/{ident}', { params: { path: { ident: item.id } } })),
    refresh,
  );
  return (
    <Row
      title={item.title}
      facts={
        <>
          {proofFacts(item)}
          {item.file_name && (
            <>
              {' ; '}
              <a href={`/api/v1/proofs/${item.id}/file`} download>
                {item.file_name}
              </a>
            </>
          )}
        </>
      }
      actions={
        edits && (
          <>
            {remove.failure && <Failure error={remove.failure} />}
            <Button small about={item.title} onClick={edit}>
              Modifier
            </Button>
            <Button small about={item.title} busy={remove.busy} onClick={() => remove.submit()}>
              Retirer
            </Button>
          </>
        )
      }
    />
  );
}

function ProofForm({ firm, current, close }: { firm: Firm; current: Proof | null; close: () => void }) {
  const [title, setTitle] = useState(current?.title ?? '');
  const [issuer, setIssuer] = useState(current?.issuer ?? '');
  const [numbered, setNumbered] = useState(current?.number ?? '');
  const [issued, setIssued] = useState(current?.issued_on ?? '');
  const [expires, setExpires] = useState(current?.expires_on ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [made, setMade] = useState<Proof | null>(current);
  const [key] = useState(newKey);
  const refresh = useRefreshFirm(firm.siret);
  const body = {
    title,
    issuer,
    number: numbered,
    issued_on: isoDate(issued),
    expires_on: isoDate(expires),
  };
  const form = useSubmit(
    async () => {
      const kept = await unwrap(
        made
          ? api.PUT('/api/v1/proofs/{ident}', {
              params: { path: { ident: made.id }, header: tag(made.version) },
              body,
            })
          : api.POST('/api/v1/proofs', { params: { header: { 'Idempotency-Key': key } }, body }),
      );
      // A refused file leaves the proof that is already kept: the next press changes it.
      setMade(kept);
      if (!file) return kept;
      const sent = new FormData();
      sent.append('file', file);
      return unwrap(
        api.PUT('/api/v1/proofs/{ident}/file', {
          params: { path: { ident: kept.id }, header: tag(kept.version) },
          body: sent as unknown as { file: string },
          bodySerializer: (given) => given as unknown as FormData,
        }),
      );
    },
    () => {
      refresh();
      close();
    },
  );
  return (
    <Section title={current ? 'Modifier une preuve' : 'Nouvelle preuve'} arrive>
      <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit()}>
        {form.failure && <Failure error={form.failure} kept="Ce que vous avez tapé est toujours là." />}
        <TextField
          name="title"
          label="Nom de la preuve"
          value={title}
          onChange={setTitle}
          error={form.errors['title']}
        />
        <TextField name="issuer" label="Délivrée par" optional value={issuer} onChange={setIssuer} />
        <TextField
          name="number"
          label="Numéro"
          optional
          width="medium"
          value={numbered}
          onChange={setNumbered}
        />
        <DateField name="issued_on" label="Délivrée le" optional value={issued} onChange={setIssued} />
        <DateField
          name="expires_on"
          label="Valable jusqu’au"
          optional
          value={expires}
          onChange={setExpires}
          error={form.errors['expires_on']}
        />
        <label htmlFor={fieldId('file')}>Fichier (facultatif) : PDF, PNG ou JPEG, 5 Mio au plus</label>
        {form.errors['file'] && <FieldError name="file">{form.errors['file']}</FieldError>}
        <input
          id={fieldId('file')}
          type="file"
          accept=".pdf,.png,.jpg,.jpeg"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <Actions>
          <Button type="submit" look="primary" busy={form.busy}>
            Enregistrer la preuve
          </Button>
          <Button
            onClick={() => {
              refresh();
              close();
            }}
          >
            Annuler
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}
