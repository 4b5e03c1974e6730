import { Page } from '../ui/Page';
import { Gate } from './Gate';
import { personName } from './AccountMenu';

const TITLE = 'Mon compte';

export function Account() {
  return (
    <Gate need="signed" title={TITLE}>
      {({ person }) => (
        <Page title={TITLE}>
          <p>{person && `${personName(person)}, ${person.email}`}</p>
        </Page>
      )}
    </Gate>
  );
}
