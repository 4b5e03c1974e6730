import { useMutation } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { missing, useSession } from '../../accounts/session';
import { moment } from '../../frame/french';
import { useStored } from '../../frame/storage';
import { Button, ButtonLink } from '../../ui/Button';
import { Box } from '../../ui/Card';
import { Notice } from '../../ui/Notice';
import { Failure, Status } from '../../ui/State';
import { draftStore } from '../draft';
import { flush, forgetFile, isStarted, saveAsNew, saving, type Saving } from './autosave';
import { Conflict } from './Conflict';
import { type Opened, openedStore } from './opened';

/** Where the draft is kept, and how to keep it better: on every screen that changes it. */
export default function SaveBar() {
  const opened = useStored(openedStore);
  return opened ? <OpenedFile opened={opened} /> : <NotSavedYet />;
}

function OpenedFile({ opened }: { opened: Opened }) {
  const state = useSyncExternalStore(saving.subscribe, saving.read);
  if (state.kind === 'conflict') return <Conflict theirs={state.theirs} />;
  return (
    <div className="stack tight no-print">
      <Box sunken>
        <div className="row ends">
          <span>
            Dossier{' '}
            <Link to="/dossiers/$id" params={{ id: String(opened.id) }}>
              {opened.title}
            </Link>
          </span>
          <div className="row tight small">
            <Status>{sentence(state, opened)}</Status>
            {state.kind === 'offline' && (
              <Button small onClick={() => void flush()}>
                Réessayer
              </Button>
            )}
          </div>
        </div>
      </Box>
      {state.kind === 'refused' && <Refused state={state} />}
    </div>
  );
}

function sentence(state: Saving, opened: Opened): string {
  if (state.kind === 'saving') return 'Enregistrement…';
  if (state.kind === 'waiting') return 'Modifications en attente d’enregistrement';
  if (state.kind === 'offline') return 'Hors connexion : vos modifications sont gardées dans ce navigateur.';
  if (state.kind === 'refused') return 'Pas enregistré';
  return `Enregistré le ${moment(opened.savedAt)}`;
}

function Refused({ state }: { state: Saving & { kind: 'refused' } }) {
  const here = useRouterState({ select: (router) => router.location.href });
  const { problem } = state;
  const lost = problem.status === 404;
  return (
    <Notice
      tone="warning"
      title={lost ? 'Ce dossier n’est pas dans votre organisation active' : problem.title}
      live
    >
      <p>
        {lost
          ? 'Il a pu être supprimé, ou appartenir à une autre de vos organisations. Vos modifications sont gardées dans ce navigateur.'
          : `${problem.detail} Vos modifications sont gardées dans ce navigateur.`}
      </p>
      {problem.errors.length > 0 && (
        <ul className="bullets">
          {problem.errors.map((error) => (
            <li key={error.pointer}>{error.detail}</li>
          ))}
        </ul>
      )}
      <div className="row">
        {problem.status === 401 && (
          <ButtonLink look="primary" to="/connexion" search={{ retour: here }}>
            Se reconnecter
          </ButtonLink>
        )}
        <Button onClick={() => void flush()}>Réessayer</Button>
        {problem.status !== 401 && <SaveNew label="Enregistrer dans un nouveau dossier" />}
        {lost && <Button onClick={forgetFile}>Fermer sans enregistrer</Button>}
      </div>
    </Notice>
  );
}

function SaveNew({ label, look }: { label: string; look?: 'primary' }) {
  const save = useMutation({ mutationFn: () => saveAsNew() });
  return (
    <>
      <Button small look={look} busy={save.isPending} onClick={() => save.mutate()}>
        {label}
      </Button>
      {save.isError && <Failure error={save.error} kept="Votre brouillon reste dans ce navigateur." />}
    </>
  );
}

function NotSavedYet() {
  const session = useSession();
  const draft = useStored(draftStore);
  const here = useRouterState({ select: (router) => router.location.href });
  if (!isStarted(draft)) return null;
  const need = session ? missing(session, 'writer') : 'sign-in';
  if (session?.organisation?.kind === 'firm') return null;
  return (
    <div className="row ends no-print small">
      <span className="soft">Votre brouillon est gardé dans ce navigateur, et nulle part ailleurs.</span>
      {need === '' && <SaveNew label="Enregistrer dans mes dossiers" look="primary" />}
      {need === 'sign-in' && (
        <ButtonLink small to="/connexion" search={{ retour: here }}>
          Se connecter pour l’enregistrer
        </ButtonLink>
      )}
      {need === 'organisation' && (
        <ButtonLink small to="/mon-organisation">
          Choisir mon organisation pour l’enregistrer
        </ButtonLink>
      )}
      {need === 'role' && (
        <span className="soft">Votre rôle permet de lire les dossiers, pas d’en créer.</span>
      )}
    </div>
  );
}
