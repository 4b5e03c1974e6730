import { useEffect, useMemo, useState } from 'react';
import { explain } from '../api/problem';
import type { Analysis, AnalysisResult } from '../api/types';
import { count } from '../frame/french';
import { useStored } from '../frame/storage';
import { save } from '../frame/save';
import { draftStore } from '../purchases/draft';
import { Button } from '../ui/Button';
import { CheckboxGroup, RadioGroup } from '../ui/Choice';
import { DropZone } from '../ui/DropZone';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Status } from '../ui/State';
import { AcceptedList } from './AcceptedList';
import { correct, type CorrectionBody } from './api';
import { keepFiles, keptFiles, withDigest } from './files';
import {
  accept,
  acceptedStore,
  allFixes,
  docxPieces,
  firstFix,
  freeSpot,
  keyOf,
  NOTHING,
  orderOf,
  refuse,
  spotOf,
  write,
} from './fixes';
import { keptTenderFiles } from './kept';

interface Props {
  analysis: Analysis;
  result: AnalysisResult;
  /** The kept tender that this analysis is of. */
  tender: number | undefined;
}

/** The same file back, commented, or with the corrections that were accepted. */
export function Corrections({ analysis, result, tender }: Props) {
  const { file, ask, setFiles, wrong, index, setIndex } = useFile(analysis, tender);
  const [busy, setBusy] = useState<CorrectionBody['form'] | ''>('');
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const accepted = useStored(acceptedStore)[analysis.id] ?? NOTHING;
  const pieces = new Set(analysis.files[index]?.pieces.map((one) => one.name));
  const order = orderOf(accepted, pieces, result.own);
  const some = order.insert.length + order.only.length;

  const make = async (form: CorrectionBody['form']) => {
    if (!file) return;
    setBusy(form);
    setFailure(null);
    setSaid('');
    try {
      const made = await correct(analysis.id, file, { form, ...order });
      save(made);
      setSaid(
        made.left
          ? `« ${made.name} » est téléchargé. Un commentaire signale chaque passage qui n’a pas pu être repris.`
          : `« ${made.name} » est téléchargé.`,
      );
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy('');
    }
  };

  return (
    <Section
      id="corrections"
      title="Le même document, corrigé"
      intro={
        <p>
          Le document porte exactement les corrections que vous acceptez ; le reste du fichier n’est pas
          touché. Chacune s’accepte ou se refuse encore une par une dans Word et LibreOffice.
        </p>
      }
    >
      <Everything analysis={analysis} result={result} />
      <AcceptedList analysis={analysis.id} accepted={accepted} own={result.own} />
      <FromSelection analysis={analysis} result={result} />
      {analysis.files.length > 1 && (
        <RadioGroup
          name="quel-fichier"
          label="Fichier à corriger"
          value={String(index)}
          onChange={(value) => setIndex(Number(value))}
          options={analysis.files.map((one, at) => ({ value: String(at), label: one.name }))}
        />
      )}
      {ask && (
        <DropZone
          name="fichier"
          label="Choisissez à nouveau le même fichier"
          hint="Nous ne l’avons pas gardé : votre navigateur doit le renvoyer pour qu’il revienne corrigé."
          accept=".docx,.zip,.dotx"
          files={[]}
          error={wrong}
          onFiles={setFiles}
        />
      )}
      {failure !== null &&
        (explain(failure).status === 422 ? (
          <Notice tone="warning" live title={explain(failure).errors[0]?.detail ?? explain(failure).detail} />
        ) : (
          <Failure error={failure} kept="L’analyse est conservée." />
        ))}
      <Actions>
        <Button
          look="primary"
          off={!file || !some}
          busy={busy === 'changes'}
          onClick={() => void make('changes')}
        >
          Télécharger avec les modifications suivies
        </Button>
        <Button off={!file} busy={busy === 'comments'} onClick={() => void make('comments')}>
          Télécharger avec des commentaires
        </Button>
      </Actions>
      <Status>{said}</Status>
      {!some && (
        <p className="soft">
          {accepted.fixes.length + accepted.upgrades.length
            ? 'Aucune des corrections acceptées ne porte sur ce fichier.'
            : 'Acceptez au moins une correction pour recevoir le document avec ses modifications suivies.'}
        </p>
      )}
    </Section>
  );
}

/** « Tout accepter »: each proposed clause once, each update; what is not known is a visible blank. */
function Everything({ analysis, result }: { analysis: Analysis; result: AnalysisResult }) {
  const { items } = useStored(draftStore);
  const [said, setSaid] = useState('');
  const all = useMemo(() => allFixes(result, docxPieces(analysis), items), [result, analysis, items]);
  const many = all.fixes.length + all.upgrades.length;
  if (!many) return null;
  const take = () => {
    write(analysis.id, (before) => ({
      fixes: [
        ...before.fixes,
        ...all.fixes.filter((fix) => !before.fixes.some((one) => one.key === fix.key)),
      ],
      upgrades: [...new Set([...before.upgrades, ...all.upgrades])],
    }));
    setSaid(
      `${count(many, 'correction acceptée', 'corrections acceptées')}. Une valeur inconnue reste en blanc, bien visible, dans le document.`,
    );
  };
  return (
    <>
      <div className="row">
        <Button onClick={take}>Tout accepter ({many})</Button>
        <p className="soft small">
          Chaque clause proposée une seule fois, au premier passage qu’elle corrige.
        </p>
      </div>
      <Status>{said}</Status>
    </>
  );
}

/** What the buyer chose elsewhere and the file does not hold. */
function FromSelection({ analysis, result }: { analysis: Analysis; result: AnalysisResult }) {
  const { items } = useStored(draftStore);
  const accepted = useStored(acceptedStore)[analysis.id] ?? NOTHING;
  const pieces = docxPieces(analysis);
  const held = new Set(result.own.map((one) => one.clause_id));
  const offered = items.flatMap((item) => {
    const cured = result.findings.find((risk) => risk.clause_id === item.clauseId);
    const spot = (cured && spotOf(cured.where, pieces)) ?? freeSpot(result, item.piece, pieces);
    return held.has(item.clauseId) || !spot ? [] : [{ item, spot }];
  });
  if (!offered.length) return null;
  const keys = offered.map(({ item }) => keyOf.item(item));
  const change = (values: string[]) =>
    write(analysis.id, (before) =>
      offered.reduce((made, { item, spot }) => {
        const key = keyOf.item(item);
        if (!values.includes(key)) return refuse(made, key);
        if (made.fixes.some((one) => one.key === key)) return made;
        return accept(made, firstFix(key, { id: item.clauseId, title: item.title }, spot, items));
      }, before),
    );
  return (
    <CheckboxGroup
      name="a-inserer"
      label="Clauses de votre sélection à ajouter au document"
      optional
      hint="Avec les valeurs de votre sélection, comme modifications suivies, après le passage le plus proche."
      values={keys.filter((key) => accepted.fixes.some((one) => one.key === key))}
      onChange={change}
      options={offered.map(({ item, spot }) => ({
        value: keyOf.item(item),
        label: item.title,
        hint: `${spot.piece}, après le paragraphe ${spot.after}`,
      }))}
    />
  );
}

/** The file of the analysis: kept by this browser or by the organisation, else asked for again. */
function useFile(analysis: Analysis, tender: number | undefined) {
  const [index, setIndex] = useState(0);
  const [known, setKnown] = useState<File[] | null>(null);
  const [found, setFound] = useState<{ digest: string; file: File | undefined }>();
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    void keptFiles(analysis.id).then(async (files) =>
      setKnown(files.length || tender === undefined ? files : await keptTenderFiles(tender).catch(() => [])),
    );
  }, [analysis.id, tender]);
  const digest = analysis.files[index]?.digest ?? '';
  useEffect(() => {
    if (known) void withDigest(known, digest).then((file) => setFound({ digest, file }));
  }, [known, digest]);
  const file = found?.digest === digest ? found.file : undefined;
  const setFiles = (files: File[]) => {
    void withDigest(files, digest).then((same) => {
      setWrong(same ? undefined : 'Ce n’est pas le fichier qui a été analysé : choisissez le même.');
      if (!same) return;
      const all = [...(known ?? []), same];
      setKnown(all);
      void keepFiles(analysis.id, all);
    });
  };
  return { file, ask: found?.digest === digest && !file, setFiles, wrong, index, setIndex };
}
