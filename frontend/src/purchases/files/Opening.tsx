import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { missing, sessionQuery } from '../../accounts/session';
import { ButtonLink } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { Failure, Skeleton } from '../../ui/State';
import { openFile } from './autosave';

/** Opens a file in the Assistant: what was in the browser is saved first. */
export default function Opening({ id }: { id: number }) {
  const query = useQuery(sessionQuery);
  const here = useRouterState({ select: (state) => state.location.href });
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton lines={2} />;
  const need = missing(query.data, 'reader');
  if (!need) return <Work id={id} />;
  return (
    <Notice tone="info" title="Ce dossier est à une organisation">
      <p>Connectez-vous, au nom de cette organisation, pour l’ouvrir ici.</p>
      {need === 'sign-in' ? (
        <ButtonLink look="primary" className="start" to="/connexion" search={{ retour: here }}>
          Se connecter
        </ButtonLink>
      ) : (
        <ButtonLink look="primary" className="start" to="/mon-organisation">
          Choisir mon organisation
        </ButtonLink>
      )}
    </Notice>
  );
}

function Work({ id }: { id: number }) {
  const { mutate, isError, error } = useMutation({ mutationFn: () => openFile(id) });
  useEffect(() => mutate(), [mutate]);
  if (!isError) return <Skeleton lines={2} />;
  return (
    <>
      <Failure error={error} kept="Ce qui était dans ce navigateur y est toujours." retry={() => mutate()} />
      <ButtonLink className="start" to="/dossiers">
        Revenir à mes dossiers
      </ButtonLink>
    </>
  );
}
