import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Gate } from '../../accounts/Gate';
import { explain } from '../../api/problem';
import type { FileProgress, FileTask, SavedFile } from '../../api/types';
import { count, moment } from '../../frame/french';
import { Button, ButtonLink } from '../../ui/Button';
import { Facts } from '../../ui/Card';
import { TextField } from '../../ui/Field';
import { Form } from '../../ui/Form';
import { Notice } from '../../ui/Notice';
import { Page, Section } from '../../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../../ui/State';
import { TaskList, type TaskRow } from '../../ui/TaskList';
import { ArgumentPaper } from '../ArgumentPaper';
import { parseDraft } from '../draft';
import { useStored } from '../../frame/storage';
import { Approvals } from './Approvals';
import { fileQuery, progressQuery, writeFile } from './api';
import { Comments } from './Comments';
import { Decisions } from './Decisions';
import { Exports } from './Exports';
import { FileActions } from './FileActions';
import { openedStore } from './opened';
import { Shares } from './Shares';
import { STATES, STEP_OF, TASKS } from './tasks';

const route = getRouteApi('/dossiers/$id');
const CRUMBS = [{ label: 'Mes dossiers', link: { to: '/dossiers' as const } }];

export function FileScreen() {
  const { id } = route.useParams();
  return (
    <Gate
      need="reader"
      side="buyer"
      title="Dossier"
      why="Un dossier est à une organisation : connectez-vous pour l’ouvrir."
    >
      {() => <Loaded key={id} ident={Number(id)} />}
    </Gate>
  );
}

function Loaded({ ident }: { ident: number }) {
  const file = useQuery({ ...fileQuery(ident), enabled: ident > 0 });
  const progress = useQuery({ ...progressQuery(ident), enabled: file.isSuccess });
  if (file.data) return <Shown file={file.data} progress={progress.data} error={progress.error} />;
  const gone = !(ident > 0) || (file.isError && [404, 422].includes(explain(file.error).status));
  return (
    <Page title="Dossier" crumbs={CRUMBS} narrow>
      {gone ? (
        <Empty title="Ce dossier n’existe pas, ou n’est pas de votre organisation active">
          <ButtonLink to="/dossiers">Revenir à mes dossiers</ButtonLink>
        </Empty>
      ) : file.isError ? (
        <Failure error={file.error} retry={() => void file.refetch()} />
      ) : (
        <Skeleton blocks={3} />
      )}
    </Page>
  );
}

const PUT_AWAY = {
  active: null,
  archived: 'Ce dossier est archivé : il se lit et se duplique. Restaurez-le pour le modifier.',
  deleted: 'Ce dossier est dans la corbeille, pour trente jours. Restaurez-le pour le retrouver.',
} as const;

function Shown({
  file,
  progress,
  error,
}: {
  file: SavedFile;
  progress: FileProgress | undefined;
  error: unknown;
}) {
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const refresh = () => queries.invalidateQueries({ queryKey: ['files'] });
  const away = PUT_AWAY[file.state];
  return (
    <Page
      title={file.title}
      crumbs={CRUMBS}
      lead={
        progress && `${count(progress.done, 'tâche faite', 'tâches faites')} sur ${progress.tasks.length}.`
      }
    >
      <Status silent={!said}>{said}</Status>
      {away && <Notice tone="info">{away}</Notice>}
      <Facts>
        <span>{file.organisation}</span>
        <span>
          modifié le {moment(file.updated_at)} par {file.updated_by.name}
        </span>
        <span>version {file.revision}</span>
        {file.copied_from && (
          <Link to="/dossiers/$id" params={{ id: String(file.copied_from) }}>
            repris d’un autre dossier
          </Link>
        )}
      </Facts>
      {Boolean(error) && <Failure error={error} />}
      {progress && <Changed file={file} progress={progress} />}
      {progress ? <Tasks file={file} progress={progress} /> : <Skeleton blocks={2} lines={4} />}
      <div className="row">
        <ButtonLink className="start" to="/dossiers/$id/calendrier" params={{ id: String(file.id) }}>
          Calendrier de la procédure
        </ButtonLink>
        <Paper file={file} />
      </div>
      {file.may.includes('rename') && <Rename file={file} onDone={() => void refresh()} />}
      <FileActions
        file={file}
        onDone={(sentence) => {
          setSaid(sentence);
          void refresh();
        }}
      />
      {file.state !== 'deleted' && <Around file={file} />}
    </Page>
  );
}

function Paper({ file }: { file: SavedFile }) {
  const here = useStored(openedStore)?.id === file.id;
  return <ArgumentPaper draft={parseDraft(JSON.stringify(file.draft))} here={here} />;
}

function Around({ file }: { file: SavedFile }) {
  return (
    <>
      <Section
        id="relecture"
        title="Relecture"
        intro="Une approbation vaut pour le dossier tel qu’il est : elle tombe s’il change."
      >
        <Approvals file={file} />
      </Section>
      <Section id="commentaires" title="Commentaires">
        <Comments file={file} />
      </Section>
      <Section
        id="decisions"
        title="Décisions"
        intro="Chaque clause gardée, refusée ou modifiée, par qui et pourquoi. La liste s’écrit toute seule ; la raison est à donner."
      >
        <Decisions file={file} />
      </Section>
      <Section
        id="pieces"
        title="Pièces générées"
        intro="Les clauses et leurs versions, telles qu’elles ont été imprimées."
      >
        <Exports file={file} />
        <p>
          <Link to="/analyse/gardes" search={{ dossier: file.id }}>
            Fichiers analysés et gardés avec ce dossier
          </Link>
        </p>
      </Section>
      <Section
        id="partage"
        title="Partage"
        intro="Les membres de votre organisation ouvrent ce dossier selon leur rôle. Un lien le montre à quelqu’un d’autre."
      >
        <Shares file={file} />
      </Section>
    </>
  );
}

function Changed({ file, progress }: { file: SavedFile; progress: FileProgress }) {
  const changed = new Set(progress.changes.map((change) => change.clause_id)).size;
  if (!changed) return null;
  return (
    <Notice tone="warning" title={`${count(changed, 'clause a changé', 'clauses ont changé')} depuis`}>
      <p>
        La bibliothèque a une autre version de {changed === 1 ? 'cette clause' : 'ces clauses'} que le dossier
        ou que ses dernières pièces.
      </p>
      <ButtonLink className="start" to="/dossiers/$id/changements" params={{ id: String(file.id) }}>
        Comparer
      </ButtonLink>
    </Notice>
  );
}

function Tasks({ file, progress }: { file: SavedFile; progress: FileProgress }) {
  const rows = progress.tasks.map((task): TaskRow => {
    const { title, what } = TASKS[task.id];
    const missing = task.id === 'completer' && progress.missing > 0;
    return {
      id: task.id,
      title: task.state === 'not_yet' ? title : <TaskLink task={task} file={file} title={title} />,
      what: missing ? `${count(progress.missing, 'valeur est à donner', 'valeurs sont à donner')}` : what,
      state: STATES[task.state],
      tone:
        task.state === 'done'
          ? 'done'
          : task.state === 'not_yet' || task.state === 'optional'
            ? 'off'
            : 'todo',
    };
  });
  return <TaskList label="Tâches du dossier" tasks={rows} />;
}

function TaskLink({ task, file, title }: { task: FileTask; file: SavedFile; title: string }): ReactNode {
  const id = String(file.id);
  if (task.id === 'relire') return <a href="#relecture">{title}</a>;
  if (task.id === 'suivre')
    return (
      <Link to="/dossiers/$id/suivi" params={{ id }}>
        {title}
      </Link>
    );
  if (task.id === 'sourcer')
    return (
      <Link to="/sourcages" search={{ dossier: Number(id) }}>
        {title}
      </Link>
    );
  if (!file.may.includes('write')) return title;
  return (
    <Link to="/assistant/$step" params={{ step: STEP_OF[task.id] }} search={{ dossier: Number(id) }}>
      {title}
    </Link>
  );
}

function Rename({ file, onDone }: { file: SavedFile; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState(file.title);
  const rename = useMutation({
    mutationFn: () => writeFile(file.id, file.version, { title: title.trim() }),
    onSuccess: (made) => {
      openedStore.write((now) =>
        now?.id === made.id ? { ...now, title: made.title, version: made.version } : now,
      );
      setOpen(false);
      onDone();
    },
  });
  if (!open)
    return (
      <Button small look="quiet" className="start" onClick={() => setOpen(true)}>
        Renommer
      </Button>
    );
  return (
    <Form onSubmit={() => title.trim() && rename.mutate()}>
      <TextField
        name="titre"
        label="Nom du dossier"
        value={title}
        onChange={setTitle}
        native={{ maxLength: 300 }}
        error={title.trim() ? undefined : 'Donnez un nom au dossier'}
      />
      {rename.isError && <Failure error={rename.error} kept="Le nom saisi est gardé ici." />}
      <div className="row">
        <Button look="primary" type="submit" busy={rename.isPending}>
          Enregistrer le nom
        </Button>
        <Button onClick={() => setOpen(false)}>Annuler</Button>
      </div>
    </Form>
  );
}
