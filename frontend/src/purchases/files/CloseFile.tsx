import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/State';
import { closeFile } from './autosave';

/** Closes the open file once it is saved: this browser keeps nothing of it. */
export default function CloseFile() {
  const navigate = useNavigate();
  const close = useMutation({
    mutationFn: closeFile,
    onSuccess: () => void navigate({ to: '/dossiers' }),
  });
  return (
    <>
      <Button look="quiet" small busy={close.isPending} onClick={() => close.mutate()}>
        Fermer le dossier
      </Button>
      {close.isError && <Failure error={close.error} />}
    </>
  );
}
