import { useEffect, useState } from 'react';
import { explain } from '../api/problem';
import type { Analysis, AnalysisResult } from '../api/types';
import { useStored } from '../frame/storage';
import { save } from '../purchases/api';
import { draftStore } from '../purchases/draft';
import { Button } from '../ui/Button';
import { CheckboxGroup } from '../ui/Choice';
import { DropZone } from '../ui/DropZone';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Status } from '../ui/State';
import { correct, type CorrectionBody } from './api';
import { keepFiles, keptFiles, withDigest } from './files';
import { insertions } from './insertions';

/** The same file back, commented or corrected. */
export function Corrections({ analysis, result }: { analysis: Analysis; result: AnalysisResult }) {
  const { file, ask, setFiles, wrong, index, setIndex } = useFile(analysis);
  const [busy, setBusy] = useState<CorrectionBody['form'] | ''>('');
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const { items } = useStored(draftStore);
  const [chosen, setChosen] = useState<string[]>([]);
  const stale = result.own.filter((one) => one.upgradable).length;
  const offered = insertions(result, items, analysis.files[index]?.pieces ?? []);

  const make = async (form: CorrectionBody['form']) => {
    if (!file) return;
    setBusy(form);
    setFailure(null);
    setSaid('');
    try {
      const insert = offered
        .filter((one) => chosen.includes(one.insertion.clause_id))
        .map((one) => one.insertion);
      const made = await correct(analysis.id, file, { form, insert });
      save(made);
      setSaid(
        made.left
          ? `« ${made.name} » est téléchargé. Un commentaire signale chaque passage qui n’a pas pu être repris.`
          : `« ${made.name} » est téléchargé.`,
      );
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy('');
    }
  };

  return (
    <Section
      title="Le même document, corrigé"
      intro={
        <p>
          Seuls les paragraphes signalés changent ; le reste du fichier n’est pas touché. Chaque modification
          s’accepte ou se refuse une par une dans Word et LibreOffice.
        </p>
      }
    >
      {analysis.files.length > 1 && (
        <CheckboxGroup
          name="quel-fichier"
          label="Fichier à corriger"
          values={[String(index)]}
          onChange={(values) => setIndex(Number(values.at(-1) ?? index))}
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
      {offered.length > 0 && (
        <CheckboxGroup
          name="a-inserer"
          label="Clauses de votre sélection à ajouter au document"
          optional
          hint="Elles sont proposées comme modifications suivies, après le passage le plus proche."
          values={chosen}
          onChange={setChosen}
          options={offered.map((one) => ({
            value: one.insertion.clause_id,
            label: one.title,
            hint: one.place,
          }))}
        />
      )}
      {failure !== null &&
        (explain(failure).status === 422 ? (
          <Notice tone="warning" live title={explain(failure).detail} />
        ) : (
          <Failure error={failure} kept="L’analyse est conservée." />
        ))}
      <Actions>
        <Button look="primary" off={!file} busy={busy === 'changes'} onClick={() => void make('changes')}>
          Télécharger avec les modifications suivies
        </Button>
        <Button off={!file} busy={busy === 'comments'} onClick={() => void make('comments')}>
          Télécharger avec des commentaires
        </Button>
      </Actions>
      <Status>{said}</Status>
      {stale === 0 && !offered.length && (
        <p className="soft">
          Aucune clause périmée à mettre à jour. Ajoutez des clauses à votre sélection pour les insérer ici.
        </p>
      )}
    </Section>
  );
}

/** The file of the analysis: kept by this browser, else asked for again. */
function useFile(analysis: Analysis) {
  const [index, setIndex] = useState(0);
  const [known, setKnown] = useState<File[] | null>(null);
  const [found, setFound] = useState<{ digest: string; file: File | undefined }>();
  const [wrong, setWrong] = useState<string>();
  useEffect(() => {
    void keptFiles(analysis.id).then(setKnown);
  }, [analysis.id]);
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
