import { Page } from '../ui/Page';

export function SignIn() {
  return (
    <Page title="Se connecter" narrow>
      {null}
    </Page>
  );
}
