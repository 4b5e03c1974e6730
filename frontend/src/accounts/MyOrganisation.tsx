import { Page } from '../ui/Page';
import { Gate } from './Gate';

const TITLE = 'Mon organisation';

export function MyOrganisation() {
  return (
    <Gate need="signed" title={TITLE}>
      {({ organisation }) => (
        <Page title={TITLE}>
          <p>
            {organisation
              ? `${organisation.name}, SIRET ${organisation.siret}`
              : 'Aucune organisation active.'}
          </p>
        </Page>
      )}
    </Gate>
  );
}
