import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Gate } from '../accounts/Gate';
import { required, useSubmit } from '../accounts/submit';
import { api, newKey, unwrap } from '../api/client';
import type { components } from '../api/schema';
import { longDate } from '../frame/french';
import { Button } from '../ui/Button';
import { Summary } from '../ui/Card';
import { Confirm } from '../ui/Dialog';
import { TextArea, TextField } from '../ui/Field';
import { Actions, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { type Adhesion as Row, adhesionQuery, takeLetter, useRefreshCharter } from './api';
import { Places } from './Places';
import { STATES } from './words';

const TITLE = 'Adhérer à la charte';

export function Adhesion() {
  return (
    <Gate
      need="reader"
      title={TITLE}
      why="C’est une organisation qui signe la charte : connectez-vous pour la vôtre."
    >
      {(session) =>
        session.organisation?.kind === 'firm' ? (
          <Page title={TITLE} narrow>
            <Places />
            <Notice title="La charte est signée par des acheteurs publics">
              <p>Votre organisation est une entreprise. Le texte et le registre restent ouverts à tous.</p>
            </Notice>
          </Page>
        ) : (
          <Mine />
        )
      }
    </Gate>
  );
}

function Mine() {
  const query = useQuery(adhesionQuery);
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Un administrateur de l’organisation demande, la plateforme valide, le registre le montre."
    >
      <Places />
      {query.isPending && <Skeleton lines={4} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          {query.data.adhesion && <State row={query.data.adhesion} may={query.data.may} />}
          {query.data.may.length === 0 && (
            <Notice title="Qui peut signer ou retirer">
              <p>
                Un administrateur de {query.data.organisation}, avec un second facteur. Vous pouvez préparer
                les deux documents ci-dessous.
              </p>
            </Notice>
          )}
          <Letters />
          {query.data.may.includes('ask') && <Ask version={query.data.current_version} />}
        </>
      )}
    </Page>
  );
}

function State({ row, may }: { row: Row; may: string[] }) {
  return (
    <Section title={STATES[row.state]}>
      <Summary
        rows={[
          { term: 'Version signée', value: `Version ${row.charter_version}` },
          { term: 'Demande', value: `le ${longDate(row.asked_at)}` },
          ...(row.deliberation ? [{ term: 'Délibération', value: row.deliberation }] : []),
          ...(row.decided_at ? [{ term: 'Réponse', value: `le ${longDate(row.decided_at)}` }] : []),
          ...(row.reason ? [{ term: 'Motif du refus', value: row.reason }] : []),
          ...(row.withdrawn_at ? [{ term: 'Retrait', value: `le ${longDate(row.withdrawn_at)}` }] : []),
        ]}
      />
      {may.includes('withdraw') && <Withdraw row={row} />}
    </Section>
  );
}

function Withdraw({ row }: { row: Row }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const refresh = useRefreshCharter();
  const act = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/charter/adhesions/{ident}/withdrawal', {
          params: { path: { ident: row.id }, header: { 'If-Match': `"${row.version}"` } },
          body: { reason },
        }),
      ),
    refresh,
  );
  return (
    <>
      {act.failure && <Failure error={act.failure} />}
      <Button className="start" look="danger" busy={act.busy} onClick={() => setAsking(true)}>
        Retirer l’organisation de la charte
      </Button>
      <Confirm
        open={asking}
        title="Retirer l’organisation de la charte ?"
        action="Retirer"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          act.submit();
        }}
      >
        <p>L’organisation quitte le registre public. Les chiffres déclarés restent les vôtres.</p>
        <TextField name="motif-retrait" label="Motif" optional value={reason} onChange={setReason} />
      </Confirm>
    </>
  );
}

type LetterBody = components['schemas']['LetterIn'];

function Letters() {
  const [body, setBody] = useState<Required<LetterBody>>({ signatory: '', delegate: '', referent: '' });
  const delegation = useSubmit(
    () => takeLetter('delegation', body),
    () => undefined,
  );
  const deliberation = useSubmit(
    () => takeLetter('deliberation', body),
    () => undefined,
  );
  const failure = delegation.failure ?? deliberation.failure;
  const field = (name: keyof LetterBody, label: string) => (
    <TextField
      name={name}
      label={label}
      optional
      value={body[name]}
      onChange={(value) => setBody({ ...body, [name]: value })}
      native={{ maxLength: 200 }}
    />
  );
  return (
    <Section
      title="Préparer la signature"
      intro="Deux documents DOCX à adapter. Ce qui manque reste entre crochets ; ces noms ne sont pas enregistrés."
    >
      {failure && <Failure error={failure} />}
      <div className="fields">
        {field('signatory', 'Signataire (nom et fonction)')}
        {field('delegate', 'Personne qui reçoit la délégation')}
        {field('referent', 'Référent achats circulaires')}
      </div>
      <div className="row">
        <Button busy={delegation.busy} onClick={() => delegation.submit()}>
          Lettre de délégation (DOCX)
        </Button>
        <Button busy={deliberation.busy} onClick={() => deliberation.submit()}>
          Modèle de délibération (DOCX)
        </Button>
      </div>
    </Section>
  );
}

function Ask({ version }: { version: number }) {
  const [deliberation, setDeliberation] = useState('');
  const [key] = useState(newKey);
  const refresh = useRefreshCharter();
  const ask = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/charter/adhesions', {
          params: { header: { 'Idempotency-Key': key } },
          body: { deliberation: deliberation.trim() },
        }),
      ),
    refresh,
  );
  return (
    <Section title="Demander à signer">
      <Form errors={ask.errors} attempt={ask.attempt} onSubmit={() => ask.submit()}>
        {ask.failure && <Failure error={ask.failure} />}
        <TextField
          name="deliberation"
          label="Délibération ou décision"
          hint="Son numéro et sa date, si elle est déjà prise."
          optional
          value={deliberation}
          error={ask.errors['deliberation']}
          onChange={setDeliberation}
          native={{ maxLength: 200 }}
        />
        <Actions>
          <Button type="submit" look="primary" busy={ask.busy}>
            Demander à signer la version {version}
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** The answer of the platform to one demand. */
export function Decide({ row, onDone }: { row: Row; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const send = (accept: boolean) =>
    unwrap(
      api.POST('/api/v1/charter/adhesions/{ident}/decision', {
        params: { path: { ident: row.id }, header: { 'If-Match': `"${row.version}"` } },
        body: { accept, reason },
      }),
    );
  const accept = useSubmit(() => send(true), onDone);
  const refuse = useSubmit(() => send(false), onDone);
  const name = `motif-${row.id}`;
  const failure = accept.failure ?? refuse.failure;
  return (
    <div className="stack tight">
      {failure && <Failure error={failure} />}
      <TextArea
        name={name}
        label="Motif, en cas de refus"
        rows={2}
        value={reason}
        error={refuse.errors[name] ?? refuse.errors['reason']}
        onChange={setReason}
      />
      <div className="row">
        <Button look="primary" busy={accept.busy} onClick={() => accept.submit()}>
          Valider
        </Button>
        <Button
          busy={refuse.busy}
          onClick={() =>
            refuse.submit(required({ [name]: reason }, { [name]: 'Dites pourquoi la demande est refusée.' }))
          }
        >
          Refuser
        </Button>
      </div>
    </div>
  );
}
