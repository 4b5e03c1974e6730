import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { missing, useSession } from '../accounts/session';
import { explain } from '../api/problem';
import type { Analysis } from '../api/types';
import { longDate } from '../frame/french';
import { useStored } from '../frame/storage';
import { filesQuery } from '../purchases/files/api';
import { openedStore } from '../purchases/files/opened';
import { Button, ButtonLink } from '../ui/Button';
import { Select } from '../ui/Field';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { focusHeading, Section } from '../ui/Page';
import { Failure } from '../ui/State';
import { keepFiles, keptFiles } from './files';
import { analyseAgain, eraseTender, keepTender } from './kept';

/** « Garder ce fichier »: for a member of a buyer's organisation who may write; a visitor sees nothing of it. */
export function Keep({ analysis }: { analysis: Analysis }) {
  const session = useSession();
  const [files, setFiles] = useState<File[]>([]);
  useEffect(() => {
    void keptFiles(analysis.id).then(setFiles);
  }, [analysis.id]);
  const mayKeep = session && !missing(session, 'writer') && session.organisation?.kind !== 'firm';
  if (!mayKeep || files.length !== analysis.files.length) return null;
  return <KeepForm analysis={analysis} files={files} organisation={session.organisation?.name ?? ''} />;
}

function KeepForm({
  analysis,
  files,
  organisation,
}: {
  analysis: Analysis;
  files: File[];
  organisation: string;
}) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const opened = useStored(openedStore);
  const [serves, setServes] = useState(opened ? String(opened.id) : '');
  const list = useInfiniteQuery(filesQuery({ state: 'active', family: '', q: '' }));
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const others = rows.filter((row) => row.id !== opened?.id);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  const keep = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const made = await keepTender(analysis.id, files, serves ? Number(serves) : undefined);
      await keepFiles(made.analysis, files);
      await queries.invalidateQueries({ queryKey: ['kept-tenders'] });
      await navigate({ to: '/analyse/$id', params: { id: made.analysis }, search: { garde: made.id } });
      focusHeading();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section
      title="Garder ce fichier"
      intro={
        <p>
          Sans ce choix, le fichier est oublié et les constats s’effacent au bout de 24 heures. Gardé, il
          reste à {organisation} avec son analyse, jusqu’à ce que vous l’effaciez : vous pourrez le rouvrir et
          l’analyser à nouveau quand la bibliothèque aura changé.
        </p>
      }
    >
      <Select
        name="dossier"
        label="Le rattacher à"
        value={serves}
        onChange={setServes}
        options={[
          { value: '', label: 'Mon organisation, sans dossier' },
          ...(opened ? [{ value: String(opened.id), label: opened.title }] : []),
          ...others.map((row) => ({ value: String(row.id), label: row.title })),
        ]}
      />
      {failure !== null && <Failure error={failure} kept="L’analyse reste affichée." />}
      <Actions>
        <Button busy={busy} onClick={() => void keep()}>
          Garder ce fichier
        </Button>
      </Actions>
    </Section>
  );
}

/** What one does of a kept file, on the page of its analysis. */
export function KeptNotice({ analysis, tender }: { analysis: Analysis; tender: number }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const session = useSession();
  const writes = session !== undefined && !missing(session, 'writer');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const act = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      await queries.invalidateQueries({ queryKey: ['kept-tenders'] });
      focusHeading();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const again = () =>
    act(async () => {
      const made = await analyseAgain(tender);
      await navigate({ to: '/analyse/$id', params: { id: made.analysis }, search: { garde: made.id } });
    });
  const erase = () =>
    act(async () => {
      await eraseTender(tender);
      await navigate({ to: '/analyse/gardes' });
    });
  return (
    <Notice tone="info" title="Fichier gardé par votre organisation">
      <p>Analysé le {longDate(analysis.created_at)}, avec la bibliothèque de ce jour-là.</p>
      {failure !== null && (
        <Failure
          error={failure}
          kept={explain(failure).status === 404 ? '' : 'Le fichier est toujours gardé.'}
        />
      )}
      <div className="row tight">
        {writes && (
          <Button small busy={busy} onClick={() => void again()}>
            Refaire l’analyse avec la bibliothèque du jour
          </Button>
        )}
        <ButtonLink small look="quiet" to="/analyse/gardes">
          Tous les fichiers gardés
        </ButtonLink>
        {writes && (
          <Button small look="danger" busy={busy} onClick={() => void erase()}>
            Effacer le fichier et son analyse
          </Button>
        )}
      </div>
    </Notice>
  );
}
