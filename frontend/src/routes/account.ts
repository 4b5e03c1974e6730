import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const joining = () => import('../accounts/SignUp');
const signIn = createRoute({
  getParentRoute: at,
  path: '/connexion',
  validateSearch: (search: Record<string, unknown>): { retour?: string; erreur?: string } => ({
    ...(search['retour'] ? { retour: String(search['retour']) } : {}),
    ...(search['erreur'] ? { erreur: String(search['erreur']) } : {}),
  }),
  component: lazyRouteComponent(() => import('../accounts/SignIn'), 'SignIn'),
});

const account = createRoute({
  getParentRoute: at,
  path: '/mon-compte',
  validateSearch: (search: Record<string, unknown>): { onglet?: string } =>
    search['onglet'] ? { onglet: String(search['onglet']) } : {},
  component: lazyRouteComponent(() => import('../accounts/Account'), 'Account'),
});

const signUp = createRoute({
  getParentRoute: at,
  path: '/creer-un-compte',
  component: lazyRouteComponent(joining, 'SignUp'),
});

const confirmAccount = createRoute({
  getParentRoute: at,
  path: '/creer-un-compte/confirmer',
  component: lazyRouteComponent(joining, 'Confirm'),
});

const forgotten = createRoute({
  getParentRoute: at,
  path: '/mot-de-passe-oublie',
  component: lazyRouteComponent(joining, 'Forgotten'),
});

const choosePassphrase = createRoute({
  getParentRoute: at,
  path: '/mot-de-passe-oublie/choisir',
  component: lazyRouteComponent(joining, 'ChoosePassphrase'),
});

const newAddress = createRoute({
  getParentRoute: at,
  path: '/mon-compte/adresse',
  component: lazyRouteComponent(() => import('../accounts/NewAddress'), 'NewAddress'),
});

const invitation = createRoute({
  getParentRoute: at,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../accounts/Invitation'), 'Invitation'),
});

const administration = createRoute({
  getParentRoute: at,
  path: '/administration',
  component: lazyRouteComponent(() => import('../accounts/Administration'), 'Administration'),
});

const myOrganisation = createRoute({
  getParentRoute: at,
  path: '/mon-organisation',
  component: lazyRouteComponent(() => import('../accounts/MyOrganisation'), 'MyOrganisation'),
});

const webhooks = createRoute({
  getParentRoute: at,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../webhooks/Webhooks'), 'Webhooks'),
});

const verifySignature = createRoute({
  getParentRoute: at,
  path: '/webhooks/signature',
  component: lazyRouteComponent(() => import('../webhooks/Verify'), 'Verify'),
});

const failedLetters = createRoute({
  getParentRoute: at,
  path: '/administration/envois',
  component: lazyRouteComponent(() => import('../accounts/FailedLetters'), 'FailedLetters'),
});

export const accountRoutes = [
  signIn,
  account,
  signUp,
  confirmAccount,
  forgotten,
  choosePassphrase,
  newAddress,
  invitation,
  administration,
  myOrganisation,
  webhooks,
  failedLetters,
  verifySignature,
] as const;
