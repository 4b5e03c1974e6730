import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { explain } from '../api/problem';
import type { Preview } from '../api/types';
import { useSettled } from '../frame/debounce';
import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import { CheckboxGroup } from '../ui/Choice';
import { Select, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { ArgumentPaper } from './ArgumentPaper';
import { fetchDocuments, previewQuery } from './api';
import { save } from '../frame/save';
import { type DocumentsBody, documentsBody, type Piece, PIECES } from './bodies';
import { type KnownClauses, useClauses } from './clauses';
import { type Draft, draftStore } from './draft';
import { openedStore } from './files/opened';
import { FormatChoice } from './FormatChoice';
import { LifeCycleAttachment } from './LifeCycleAttachment';
import { attachedMethod, lifeCycleStore } from './lifeCycle';
import { LotsSection } from './LotsSection';
import { Outline } from './Outline';
import { setOutput } from './output';
import { PublicationCodes } from './PublicationCodes';
import { Refusals } from './Refusals';
import { NoClauseYet } from './Modify';
import { TemplateSection } from './TemplateSection';
import { keepTemplate, keptTemplate } from './templateStore';

export default function StepDocuments() {
  const draft = useStored(draftStore);
  const known = useClauses(draft.items.map((item) => item.clauseId));
  if (!draft.items.length) return <NoClauseYet />;
  if (known.error)
    return <Failure error={known.error} kept="Votre dossier est conservé." retry={known.retry} />;
  if (known.pending) return <Skeleton blocks={2} lines={5} />;
  return <Documents draft={draft} known={known} />;
}

/** From an open file, once it is saved: the server keeps the trace of the clauses that were printed. */
async function produce(asked: Parameters<typeof fetchDocuments>[0]) {
  if (!openedStore.read()) return fetchDocuments(asked);
  const [{ flush }, { exportFile }] = await Promise.all([import('./files/autosave'), import('./files/api')]);
  await flush();
  const opened = openedStore.read();
  return opened ? exportFile(opened.id, opened.version, asked) : fetchDocuments(asked);
}

function useDownload() {
  const [last, setLast] = useState('');
  const download = useMutation({
    mutationFn: produce,
    onSuccess: (file) => {
      save(file);
      setLast(`${file.name} est téléchargé.`);
    },
    onMutate: () => setLast(''),
  });
  return { download, last };
}

/** The buyer's template, found again after a reload. */
function useTemplate() {
  const [file, setFile] = useState<File | null>(null);
  useEffect(() => {
    let left = false;
    void keptTemplate().then((found) => !left && setFile((now) => now ?? found));
    return () => {
      left = true;
    };
  }, []);
  const choose = (chosen: File | null) => {
    setFile(chosen);
    void keepTemplate(chosen);
  };
  return { file, choose };
}

/** What stops the download before it is asked for. */
function missing(body: DocumentsBody, pieces: readonly Piece[]): Errors {
  const found: Errors = {};
  if (!pieces.length) found['pieces'] = 'Choisissez au moins une pièce';
  if (!body.formats.length) found['formats'] = 'Choisissez au moins un format';
  if (pieces.includes('SUIVI') && body.formats.includes('ics') && !body.contract_start)
    found['contractStart'] = 'Donnez la date de début du marché : jour, mois, année';
  return found;
}

function Documents({ draft, known }: { draft: Draft; known: KnownClauses }) {
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const { download, last } = useDownload();
  const { method } = attachedMethod(useStored(lifeCycleStore));
  const body = { ...documentsBody(draft, known.byId), life_cycle_cost: method };
  const { file, choose } = useTemplate();
  const preview = useQuery(previewQuery(useSettled({ ...body, pieces: [...PIECES], formats: ['docx'] })));
  const ask = (pieces: Piece[]) => {
    const found = missing(body, pieces);
    setErrors(found);
    if (Object.keys(found).length) setAttempt((n) => n + 1);
    else download.mutate({ body: { ...body, pieces }, template: file });
  };
  const several = body.pieces.length > 1 || body.formats.length > 1 || body.for_lots.length > 1;
  return (
    <>
      <Form onSubmit={() => ask(body.pieces)} errors={errors} attempt={attempt}>
        <Header draft={draft} />
        <LotsSection />
        <PieceChoice draft={draft} error={errors['pieces']} />
        <FormatChoice draft={draft} conversions={preview.data?.conversions} errors={errors} />
        <TemplateSection file={file} onFile={choose} body={body} />
        <div className="stack">
          <Button look="primary" type="submit" className="start" busy={download.isPending}>
            <Icon name="file" /> Télécharger {several ? 'les pièces (ZIP)' : 'la pièce'}
          </Button>
          <Status>{download.isPending ? 'Composition des pièces…' : last}</Status>
          {download.isError && explain(download.error).errors.length > 0 ? (
            <Refusals
              title={explain(download.error).detail}
              errors={explain(download.error).errors}
              items={draft.items}
            />
          ) : (
            download.isError && (
              <Failure error={download.error} kept="Votre dossier est conservé : vous pouvez réessayer." />
            )
          )}
        </div>
      </Form>
      <Section
        title="Aperçu des pièces"
        intro="Le plan de chaque pièce, avec les articles que vos clauses y ajoutent."
      >
        {preview.isPending && <Skeleton blocks={2} lines={5} />}
        {preview.isError && (
          <Failure
            error={preview.error}
            kept="Votre dossier est conservé."
            retry={() => void preview.refetch()}
          />
        )}
        {preview.data && preview.data.missing.length > 0 && (
          <Refusals
            title="À compléter avant de télécharger"
            errors={preview.data.missing}
            items={draft.items}
          />
        )}
        {preview.data && preview.data.added.length > 0 && <Added added={preview.data.added} />}
        {preview.data && (
          <Outline
            preview={preview.data}
            onDownload={(piece) => ask(PIECES.filter((one) => one === piece))}
            busy={download.isPending}
          />
        )}
      </Section>
      <Section
        title="Coût du cycle de vie"
        actions={<Link to="/outils/cout-cycle-de-vie">Ouvrir le calculateur</Link>}
      >
        <LifeCycleAttachment />
      </Section>
      <Section
        title="Convaincre vos élus"
        intro="Une page : l’obligation, le coût sur la durée de vie s’il est joint au dossier, le marché, les risques, la décision demandée."
      >
        <ArgumentPaper draft={draft} here />
      </Section>
      <PublicationCodes draft={draft} known={known} />
      <Notice tone="info" title="Relisez avant de publier">
        <p>
          Clausier rédige les clauses choisies et un squelette de pièce. Les articles propres à votre marché
          (prix, délais, pièces contractuelles) restent à compléter par vous.
        </p>
      </Notice>
    </>
  );
}

const CCAG_OPTIONS = [
  { value: '', label: 'Le plus courant pour cet achat' },
  { value: 'FCS', label: 'CCAG Fournitures courantes et services' },
  { value: 'TRAVAUX', label: 'CCAG Travaux' },
  { value: 'PI', label: 'CCAG Prestations intellectuelles' },
  { value: 'TIC', label: 'CCAG Techniques de l’information et de la communication' },
  { value: 'MOE', label: 'CCAG Maîtrise d’œuvre' },
  { value: 'MI', label: 'CCAG Marchés industriels' },
  { value: 'none', label: 'Aucun CCAG' },
];

function Header({ draft }: { draft: Draft }) {
  const { output } = draft;
  return (
    <>
      <TextField
        name="buyerName"
        label="Nom de l’acheteur"
        optional
        hint="Imprimé en tête des pièces, par exemple : Commune de Saint-Fargeau."
        value={output.buyerName}
        native={{ maxLength: 200, autoComplete: 'organization' }}
        onChange={(buyerName) => setOutput({ buyerName })}
      />
      <TextField
        name="titre"
        label="Intitulé du marché"
        value={output.title || draft.purchase.object}
        native={{ maxLength: 300 }}
        onChange={(title) => setOutput({ title })}
      />
      <TextField
        name="reference"
        label="Référence de la consultation"
        optional
        width="medium"
        value={output.reference}
        native={{ maxLength: 100, autoComplete: 'off' }}
        onChange={(reference) => setOutput({ reference })}
      />
      <Select
        name="ccag"
        label="CCAG de référence"
        options={CCAG_OPTIONS}
        width="full"
        value={output.ccag}
        onChange={(ccag) => setOutput({ ccag })}
      />
    </>
  );
}

const HINTS: Record<Piece, string> = {
  RC: 'Critères, pondération, règles de réponse.',
  CCAP: 'Conditions d’exécution, pénalités, dérogations au CCAG.',
  CCTP: 'Exigences techniques, définitions.',
  AE: 'Les engagements de l’offre, à signer par le candidat.',
  CRT: 'Les questions aux candidats, en texte et en tableur.',
  BPU: 'Les lignes de prix que les clauses appellent.',
  ANNEXE: 'Preuves attendues et contrôles, annexés au CCAP.',
  SUIVI: 'Tableur de suivi, pour vous.',
  PREUVES: 'Obligation, texte, article et preuve, avec vos justifications. Pour vous.',
};

const LABELS: Record<Piece, string> = {
  RC: 'Règlement de la consultation',
  CCAP: 'Cahier des clauses administratives particulières',
  CCTP: 'Cahier des clauses techniques particulières',
  AE: 'Annexe à l’acte d’engagement',
  CRT: 'Cadre de réponse environnemental',
  BPU: 'Lignes du bordereau des prix',
  ANNEXE: 'Annexe : preuves et suivi',
  SUIVI: 'Tableau et agenda de suivi',
  PREUVES: 'Fiche de preuve',
};

function PieceChoice({ draft, error }: { draft: Draft; error: string | undefined }) {
  return (
    <CheckboxGroup
      name="pieces"
      label="Pièces à télécharger"
      error={error}
      options={PIECES.map((piece) => ({
        value: piece,
        label: `${piece} – ${LABELS[piece]}`,
        hint: HINTS[piece],
      }))}
      values={draft.output.pieces}
      onChange={(pieces) => setOutput({ pieces: PIECES.filter((piece) => pieces.includes(piece)) })}
    />
  );
}

/** The clauses that the basket needs and lacked. */
function Added({ added }: { added: Preview['added'] }) {
  return (
    <Notice tone="info" title="Clauses ajoutées aux pièces">
      <ul className="bullets">
        {added.map((clause) => (
          <li key={clause.clause_id}>
            <Link to="/clauses/$id" params={{ id: clause.clause_id }}>
              {clause.title}
            </Link>{' '}
            ({clause.clause_id}), sans laquelle {clause.because} ne s’applique pas.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
