import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { explain } from '../api/problem';
import { longDate } from '../frame/french';
import { useStored } from '../frame/storage';
import { draftStore } from '../purchases/draft';
import { purchaseErrors, purchaseIn } from '../purchases/purchase';
import { Button, ButtonLink } from '../ui/Button';
import { Box } from '../ui/Card';
import { Checkbox } from '../ui/Choice';
import { DropZone } from '../ui/DropZone';
import { Actions, type Errors, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Progress } from '../ui/Progress';
import { Failure } from '../ui/State';
import { analyse } from './api';
import { keepFiles } from './files';
import { lastAnalysis } from './lastAnalysis';

const MOST = 25 * 1024 * 1024;

export function Analyse() {
  return (
    <Page
      title="Analyser un dossier existant"
      lead="Vous avez le dossier de l’an dernier ? Clausier y retrouve ses clauses, dit ce qui a changé, signale les passages fragiles et rend le même fichier corrigé."
    >
      <Last />
      <Start />
      <Section title="Ce que devient votre fichier">
        <ul className="bullets measure">
          <li>
            Il est lu dans un processus isolé, puis oublié : le serveur n’en garde aucune copie une fois
            l’analyse faite. Votre navigateur, lui, le garde un jour pour vous le rendre corrigé.
          </li>
          <li>
            Seul un membre d’une organisation peut, une fois l’analyse faite, choisir de garder le fichier
            avec ses constats : voyez les <Link to="/analyse/gardes">fichiers gardés</Link>.
          </li>
          <li>
            Les constats, avec les mots qu’ils citent, sont gardés 24 heures à une adresse que vous seul
            connaissez. Vous pouvez les effacer tout de suite.
          </li>
          <li>Ce n’est pas un avis juridique : l’analyse signale, vous décidez.</li>
        </ul>
      </Section>
    </Page>
  );
}

function Last() {
  const last = useStored(lastAnalysis);
  if (!last.id) return null;
  return (
    <Notice tone="info" title="Votre dernière analyse">
      <p>
        {last.name}, le {longDate(last.at)}.
      </p>
      <div>
        <ButtonLink small to="/analyse/$id" params={{ id: last.id }}>
          Revoir les constats
        </ButtonLink>
      </div>
    </Notice>
  );
}

function Start() {
  const navigate = useNavigate();
  const draft = useStored(draftStore);
  const [files, setFiles] = useState<File[]>([]);
  const [withPurchase, setWithPurchase] = useState(true);
  const [busy, setBusy] = useState(false);
  const sending = useRef<AbortController>(null);
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const known = Object.keys(purchaseErrors(draft.purchase)).length === 0;

  const refuse = (sentence: string) => {
    setErrors({ fichiers: sentence });
    setAttempt((n) => n + 1);
  };
  const submit = async () => {
    const wrong = fault(files);
    if (wrong) return refuse(wrong);
    setBusy(true);
    setErrors({});
    setFailure(null);
    const { signal } = (sending.current = new AbortController());
    try {
      const made = await analyse(files, known && withPurchase ? purchaseIn(draft.purchase) : null, signal);
      await keepFiles(made.id, files);
      lastAnalysis.write(() => ({
        id: made.id,
        name: files.map((f) => f.name).join(', '),
        at: made.created_at,
      }));
      await navigate({ to: '/analyse/$id', params: { id: made.id } });
    } catch (error) {
      if (signal.aborted) return;
      const problem = explain(error);
      if (problem.status === 413 || problem.status === 422)
        refuse(sentenceOf(problem.errors, problem.detail, files));
      else setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={() => void submit()} errors={errors} attempt={attempt}>
      <DropZone
        name="fichiers"
        label="Déposez vos pièces ici, ou choisissez-les"
        hint="DOCX, ODT, ou un ZIP de ces documents ; dix fichiers et 25 Mio au plus."
        accept=".docx,.odt,.zip,.dotx,.ott"
        multiple
        files={files}
        error={errors['fichiers']}
        onFiles={(chosen) => {
          setErrors({});
          setFiles(chosen);
        }}
      />
      {known ? (
        <Checkbox
          name="achat"
          label={`Vérifier les obligations de l’achat « ${draft.purchase.object.trim()} »`}
          hint="C’est l’achat décrit dans l’Assistant."
          checked={withPurchase}
          onChange={setWithPurchase}
        />
      ) : (
        <Box sunken>
          <p>
            Pour savoir aussi quelles obligations le dossier laisse sans clause, décrivez d’abord l’achat dans
            l’Assistant.
          </p>
          <div>
            <ButtonLink small to="/assistant/$step" params={{ step: 'achat' }}>
              Décrire l’achat
            </ButtonLink>
          </div>
        </Box>
      )}
      {busy && <Progress label="Lecture du dossier…" done={0} total={0} />}
      {failure !== null && <Failure error={failure} kept="Vos fichiers sont toujours choisis." />}
      <Actions>
        <Button look="primary" type="submit" busy={busy}>
          Analyser
        </Button>
        {busy && <Button onClick={() => sending.current?.abort()}>Annuler</Button>}
      </Actions>
    </Form>
  );
}

function fault(files: readonly File[]): string | undefined {
  if (!files.length) return 'Choisissez au moins un fichier DOCX, ODT ou ZIP';
  if (files.length > 10) return 'Dix fichiers au plus : mettez les autres dans un ZIP';
  if (files.reduce((size, file) => size + file.size, 0) > MOST)
    return 'Ces fichiers dépassent 25 Mio : envoyez-les en plusieurs fois';
  return undefined;
}

/** Each refused file with its own sentence. */
function sentenceOf(
  errors: { pointer: string; detail: string }[],
  detail: string,
  files: readonly File[],
): string {
  if (!errors.length) return detail;
  return errors
    .map(({ pointer, detail: sentence }) => {
      const file = files[Number(pointer.split('/')[2] ?? -1)];
      return file && files.length > 1 ? `${file.name} : ${sentence}` : sentence;
    })
    .join(' ');
}
