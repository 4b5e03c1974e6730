import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../api/problem';
import { useSettled } from '../frame/debounce';
import { useStored } from '../frame/storage';
import { useLabels } from '../library/api';
import { Button } from '../ui/Button';
import { CheckboxGroup } from '../ui/Choice';
import { Select, TextField } from '../ui/Field';
import { type Errors, Form } from '../ui/Form';
import { Icon } from '../ui/Icon';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { fetchDocuments, previewQuery, save } from './api';
import { documentsBody, type Piece, PIECES } from './bodies';
import { type KnownClauses, useClauses } from './clauses';
import { type Draft, draftStore, type ExportChoice } from './draft';
import { LifeCycleAttachment } from './LifeCycleAttachment';
import { attachedMethod, lifeCycleStore } from './lifeCycle';
import { Outline } from './Outline';
import { PublicationCodes } from './PublicationCodes';
import { Refusals } from './Refusals';
import { NoClauseYet } from './Modify';

const setOutput = (change: Partial<ExportChoice>) =>
  draftStore.write((draft) => ({ ...draft, output: { ...draft.output, ...change } }));

export default function StepDocuments() {
  const draft = useStored(draftStore);
  const known = useClauses(draft.items.map((item) => item.clauseId));
  if (!draft.items.length) return <NoClauseYet />;
  if (known.error)
    return <Failure error={known.error} kept="Votre dossier est conservé." retry={known.retry} />;
  if (known.pending) return <Skeleton blocks={2} lines={5} />;
  return <Documents draft={draft} known={known} />;
}

function useDownload() {
  const [last, setLast] = useState('');
  const download = useMutation({
    mutationFn: fetchDocuments,
    onSuccess: (file) => {
      save(file);
      setLast(`${file.name} est téléchargé.`);
    },
    onMutate: () => setLast(''),
  });
  return { download, last };
}

function Documents({ draft, known }: { draft: Draft; known: KnownClauses }) {
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const { download, last } = useDownload();
  const { method } = attachedMethod(useStored(lifeCycleStore));
  const body = { ...documentsBody(draft, known.byId), life_cycle_cost: method };
  const preview = useQuery(previewQuery(useSettled({ ...body, pieces: [...PIECES] })));
  const ask = (pieces: Piece[]) => {
    const found: Errors = pieces.length ? {} : { pieces: 'Choisissez au moins une pièce' };
    setErrors(found);
    if (pieces.length) download.mutate({ ...body, pieces });
    else setAttempt((n) => n + 1);
  };
  return (
    <>
      <Form onSubmit={() => ask(body.pieces)} errors={errors} attempt={attempt}>
        <Header draft={draft} />
        <PieceChoice draft={draft} error={errors['pieces']} />
        <div className="stack">
          <Button look="primary" type="submit" className="start" busy={download.isPending}>
            <Icon name="file" /> Télécharger{' '}
            {draft.output.pieces.length === 1 ? 'la pièce' : 'les pièces (ZIP)'}
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

function PieceChoice({ draft, error }: { draft: Draft; error: string | undefined }) {
  const label = useLabels();
  return (
    <CheckboxGroup
      name="pieces"
      label="Pièces à télécharger"
      error={error}
      options={PIECES.map((piece) => ({
        value: piece,
        label: `${piece} – ${label('pieces', piece)}`,
        hint: HINTS[piece],
      }))}
      values={draft.output.pieces}
      onChange={(pieces) => setOutput({ pieces: PIECES.filter((piece) => pieces.includes(piece)) })}
    />
  );
}
