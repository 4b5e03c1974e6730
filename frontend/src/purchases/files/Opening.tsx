import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Gate } from '../../accounts/Gate';
import { ButtonLink } from '../../ui/Button';
import { Failure, Skeleton } from '../../ui/State';
import { openFile } from './autosave';

/** Opens a file in the Assistant: what was in the browser is saved first. */
export default function Opening({ id }: { id: number }) {
  return (
    <Gate
      need="reader"
      title="Ouvrir un dossier"
      why="Un dossier est à une organisation : connectez-vous pour l’ouvrir."
    >
      {() => <Work id={id} />}
    </Gate>
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
