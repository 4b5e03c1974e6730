import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useSession } from '../../accounts/session';
import { Page } from '../../ui/Page';
import { Failure, Skeleton } from '../../ui/State';
import { noticeQuery, sourcingQuery } from './api';
import { BuyerRoom } from './BuyerRoom';
import { PublicRoom } from './PublicRoom';
import { Wizard } from './Wizard';

const CRUMBS = [{ label: 'Sourçages', link: { to: '/sourcages' } } as const];

/** The buyer's own room, or what everybody reads. */
export function Sourcing() {
  const { id } = useParams({ strict: false });
  const ident = Number(id) || 0;
  const session = useSession();
  const buyer = Boolean(session?.organisation && session.organisation.kind !== 'firm');
  const own = useQuery({ ...sourcingQuery(ident), enabled: buyer });
  const seen = useQuery({ ...noticeQuery(ident), enabled: Boolean(session) && (!buyer || own.isError) });
  if (own.data) {
    const draft = own.data.stage === 'draft';
    return (
      <Page title={own.data.title || 'Nouveau sourçage'} crumbs={CRUMBS}>
        {draft ? <Wizard key={ident} sourcing={own.data} /> : <BuyerRoom sourcing={own.data} />}
      </Page>
    );
  }
  if (seen.data) {
    return (
      <Page title={seen.data.title} crumbs={CRUMBS}>
        <PublicRoom
          sourcing={seen.data}
          firm={session?.organisation?.kind === 'firm'}
          signedIn={Boolean(session?.person)}
        />
      </Page>
    );
  }
  return (
    <Page title="Sourçage" crumbs={CRUMBS}>
      {seen.isError ? (
        <Failure error={seen.error} retry={() => void seen.refetch()} />
      ) : (
        <Skeleton blocks={2} />
      )}
    </Page>
  );
}
