import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './frame/address';
import { Crash, NotFound } from './frame/Errors';
import { Frame } from './frame/Frame';
import { parseFilters } from './library/filters';
import { stepOf } from './purchases/steps';
import { Skeleton } from './ui/State';

/* Every screen and its address. A screen is a chunk of its own, loaded when it is wanted. */

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const at = () => root;

const home = createRoute({
  getParentRoute: at,
  path: '/',
  component: lazyRouteComponent(() => import('./home/Home'), 'Home'),
});
const library = createRoute({
  getParentRoute: at,
  path: '/clauses',
  validateSearch: parseFilters,
  component: lazyRouteComponent(() => import('./library/Library'), 'Library'),
});
const TABS = ['comprendre', 'textes', 'preuves', 'historique'] as const;
const clause = createRoute({
  getParentRoute: at,
  path: '/clauses/$id',
  validateSearch: (search: Record<string, unknown>): { onglet?: (typeof TABS)[number] } => {
    const tab = TABS.find((name) => name === search['onglet']);
    return tab ? { onglet: tab } : {};
  },
  component: lazyRouteComponent(() => import('./library/Clause'), 'Clause'),
});
const families = createRoute({
  getParentRoute: at,
  path: '/familles',
  component: lazyRouteComponent(() => import('./library/Families'), 'Families'),
});
const family = createRoute({
  getParentRoute: at,
  path: '/familles/$code',
  component: lazyRouteComponent(() => import('./library/Family'), 'Family'),
});
const glossary = createRoute({
  getParentRoute: at,
  path: '/glossaire',
  component: lazyRouteComponent(() => import('./library/Glossary'), 'Glossary'),
});
const training = createRoute({
  getParentRoute: at,
  path: '/formation',
  component: lazyRouteComponent(() => import('./network/Training'), 'Training'),
});
const trainingModule = createRoute({
  getParentRoute: at,
  path: '/formation/$code',
  component: lazyRouteComponent(() => import('./network/Module'), 'Module'),
});
const selection = createRoute({
  getParentRoute: at,
  path: '/selection',
  component: lazyRouteComponent(() => import('./purchases/Selection'), 'Selection'),
});
const duties = createRoute({
  getParentRoute: at,
  path: '/obligations',
  component: lazyRouteComponent(() => import('./law/Duties'), 'Duties'),
});
const charter = createRoute({
  getParentRoute: at,
  path: '/charte',
  component: lazyRouteComponent(() => import('./law/Charter'), 'Charter'),
});
const assistantStart = createRoute({
  getParentRoute: at,
  path: '/assistant',
  validateSearch: (search: Record<string, unknown>): { objet?: string; cpv?: string; famille?: string } => ({
    ...(search['objet'] ? { objet: String(search['objet']) } : {}),
    ...(search['cpv'] ? { cpv: String(search['cpv']) } : {}),
    ...(search['famille'] ? { famille: String(search['famille']) } : {}),
  }),
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/assistant/$step', params: { step: 'achat' }, search, replace: true });
  },
});
const assistant = createRoute({
  getParentRoute: at,
  path: '/assistant/$step',
  validateSearch: (
    search: Record<string, unknown>,
  ): { objet?: string; cpv?: string; famille?: string; clause?: string } => ({
    ...(search['objet'] ? { objet: String(search['objet']) } : {}),
    ...(search['cpv'] ? { cpv: String(search['cpv']) } : {}),
    ...(search['famille'] ? { famille: String(search['famille']) } : {}),
    ...(search['clause'] ? { clause: String(search['clause']) } : {}),
  }),
  beforeLoad: ({ params }) => {
    if (!stepOf(params.step))
      throw redirect({ to: '/assistant/$step', params: { step: 'achat' }, replace: true });
  },
  component: lazyRouteComponent(() => import('./purchases/Assistant'), 'Assistant'),
});

const tools = createRoute({
  getParentRoute: at,
  path: '/outils',
  component: lazyRouteComponent(() => import('./purchases/Tools'), 'Tools'),
});
const simulator = createRoute({
  getParentRoute: at,
  path: '/outils/simulateur',
  component: lazyRouteComponent(() => import('./purchases/Simulator'), 'Simulator'),
});
const lifeCycle = createRoute({
  getParentRoute: at,
  path: '/outils/cout-cycle-de-vie',
  component: lazyRouteComponent(() => import('./purchases/LifeCycle'), 'LifeCycle'),
});
const agec = createRoute({
  getParentRoute: at,
  path: '/outils/declaration-agec',
  component: lazyRouteComponent(() => import('./purchases/Agec'), 'Agec'),
});

const analyse = createRoute({
  getParentRoute: at,
  path: '/analyse',
  component: lazyRouteComponent(() => import('./analysis/Analyse'), 'Analyse'),
});
const analysisReport = createRoute({
  getParentRoute: at,
  path: '/analyse/$id',
  component: lazyRouteComponent(() => import('./analysis/Report'), 'Report'),
});

const pages = () => import('./pages/Pages');
const accessibility = createRoute({
  getParentRoute: at,
  path: '/accessibilite',
  component: lazyRouteComponent(pages, 'Accessibility'),
});
const legal = createRoute({
  getParentRoute: at,
  path: '/mentions-legales',
  component: lazyRouteComponent(pages, 'LegalNotice'),
});
const privacy = createRoute({
  getParentRoute: at,
  path: '/donnees-personnelles',
  component: lazyRouteComponent(pages, 'Privacy'),
});
const resources = createRoute({
  getParentRoute: at,
  path: '/ressources',
  component: lazyRouteComponent(pages, 'Resources'),
});
const sitemap = createRoute({
  getParentRoute: at,
  path: '/plan-du-site',
  component: lazyRouteComponent(pages, 'Sitemap'),
});
const help = createRoute({ getParentRoute: at, path: '/aide', component: lazyRouteComponent(pages, 'Help') });
const licence = createRoute({
  getParentRoute: at,
  path: '/licence',
  component: lazyRouteComponent(pages, 'Licence'),
});

const signIn = createRoute({
  getParentRoute: at,
  path: '/connexion',
  validateSearch: (search: Record<string, unknown>): { retour?: string; erreur?: string } => ({
    ...(search['retour'] ? { retour: String(search['retour']) } : {}),
    ...(search['erreur'] ? { erreur: String(search['erreur']) } : {}),
  }),
  component: lazyRouteComponent(() => import('./accounts/SignIn'), 'SignIn'),
});

const account = createRoute({
  getParentRoute: at,
  path: '/mon-compte',
  validateSearch: (search: Record<string, unknown>): { onglet?: string } =>
    search['onglet'] ? { onglet: String(search['onglet']) } : {},
  component: lazyRouteComponent(() => import('./accounts/Account'), 'Account'),
});

const joining = () => import('./accounts/SignUp');

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
  component: lazyRouteComponent(() => import('./accounts/NewAddress'), 'NewAddress'),
});

const invitation = createRoute({
  getParentRoute: at,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./accounts/Invitation'), 'Invitation'),
});

const administration = createRoute({
  getParentRoute: at,
  path: '/administration',
  component: lazyRouteComponent(() => import('./accounts/Administration'), 'Administration'),
});

const myOrganisation = createRoute({
  getParentRoute: at,
  path: '/mon-organisation',
  component: lazyRouteComponent(() => import('./accounts/MyOrganisation'), 'MyOrganisation'),
});

const reference = createRoute({
  getParentRoute: at,
  path: '/api',
  component: lazyRouteComponent(() => import('./reference/Reference'), 'Reference'),
});

const problem = createRoute({
  getParentRoute: at,
  path: '/problems/$slug',
  component: lazyRouteComponent(() => import('./pages/Problem'), 'Problem'),
});

const tree = root.addChildren([
  home,
  library,
  clause,
  families,
  family,
  glossary,
  training,
  trainingModule,
  selection,
  duties,
  charter,
  assistantStart,
  assistant,
  tools,
  simulator,
  lifeCycle,
  agec,
  analyse,
  analysisReport,
  accessibility,
  legal,
  privacy,
  resources,
  sitemap,
  help,
  licence,
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
  reference,
  problem,
]);

export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
    defaultPendingMs: 200,
    defaultPendingComponent: () => <Skeleton blocks={2} />,
    defaultErrorComponent: Crash,
    defaultNotFoundComponent: NotFound,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
