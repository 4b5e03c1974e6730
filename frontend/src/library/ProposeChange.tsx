import { isEditorial, useSession } from '../accounts/session';
import type { Clause } from '../api/types';
import { usePropose } from '../edition/NewProposal';
import { Button } from '../ui/Button';
import { Failure } from '../ui/State';

/** For the editorial team: opens a proposal on this clause. */
export function ProposeChange({ clause }: { clause: Clause }) {
  const session = useSession();
  const propose = usePropose();
  if (!isEditorial(session)) return null;
  return (
    <>
      <Button busy={propose.isPending} onClick={() => propose.mutate({ clause: clause.id })}>
        Proposer un changement
      </Button>
      {propose.isError && <Failure error={propose.error} />}
    </>
  );
}
