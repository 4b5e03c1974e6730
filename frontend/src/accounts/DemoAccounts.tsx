import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import type { Session } from '../api/types';
import { Button } from '../ui/Button';
import { Section } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Failure, Skeleton } from '../ui/State';
import { demoAccountsQuery } from './api';
import { useSubmit } from './submit';

type Account = { key: string; name: string; what: string; organisation: string };

/** In demonstration mode: enter as one of the invented people, in one click. */
export function DemoAccounts({ onDone }: { onDone: (session: Session) => void }) {
  const accounts = useQuery(demoAccountsQuery);
  if (accounts.isPending) return <Skeleton lines={4} />;
  // The data is invented, but the operator has not opened its accounts.
  if (accounts.isError) return null;
  return (
    <Section
      title="Comptes de démonstration"
      intro="Des personnes inventées, sans mot de passe : choisissez un point de vue."
    >
      <Rows label="Comptes de démonstration">
        {accounts.data.items.map((account) => (
          <One key={account.key} account={account} onDone={onDone} />
        ))}
      </Rows>
    </Section>
  );
}

function One({ account, onDone }: { account: Account; onDone: (session: Session) => void }) {
  const enter = useSubmit(
    () => unwrap(api.POST('/api/v1/demo/session', { body: { key: account.key } })),
    onDone,
  );
  return (
    <Row
      title={account.what}
      facts={
        <>
          {account.name}
          {account.organisation && ` · ${account.organisation}`}
          {enter.failure && <Failure error={enter.failure} />}
        </>
      }
      actions={
        <Button small busy={enter.busy} about={`comme ${account.name}`} onClick={() => enter.submit()}>
          Entrer
        </Button>
      }
    />
  );
}
