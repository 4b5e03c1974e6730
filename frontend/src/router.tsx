import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { accountRoutes } from './routes/account';
import { charterRoutes } from './routes/charter';
import { fileRoutes } from './routes/files';
import { followingRoutes } from './routes/following';
import { marketRoutes } from './routes/market';
import { editionRoutes } from './routes/edition';
import { networkRoutes } from './routes/network';
import { pageRoutes } from './routes/page';
import { at, root } from './routes/root';
import { parseSearch, stringifySearch } from './frame/address';
import { Crash, NotFound } from './frame/Errors';
import { parseFilters } from './library/filters';
import { stepOf } from './purchases/steps';
import { Skeleton } from './ui/State';

/* Every screen and its address. A screen is a chunk of its own, loaded when it is wanted. */

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
const TABS = ['comprendre', 'textes', 'preuves', 'retours', 'historique'] as const;
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
  ): { objet?: string; cpv?: string; famille?: string; clause?: string; dossier?: number } => ({
    ...(Number(search['dossier']) > 0 ? { dossier: Number(search['dossier']) } : {}),
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
  validateSearch: (search: Record<string, unknown>): { garde?: number } => {
    const garde = Number(search['garde']);
    return garde >= 1 ? { garde: Math.floor(garde) } : {};
  },
  component: lazyRouteComponent(() => import('./analysis/Report'), 'Report'),
});

const keptTenders = createRoute({
  getParentRoute: at,
  path: '/analyse/gardes',
  validateSearch: (search: Record<string, unknown>): { dossier?: number } => {
    const dossier = Number(search['dossier']);
    return dossier >= 1 ? { dossier: Math.floor(dossier) } : {};
  },
  component: lazyRouteComponent(() => import('./analysis/KeptTenders'), 'KeptTenders'),
});

const sourcings = createRoute({
  getParentRoute: at,
  path: '/sourcages',
  validateSearch: (search: Record<string, unknown>): { dossier?: number } => {
    const file = Number(search['dossier']);
    return Number.isInteger(file) && file > 0 ? { dossier: file } : {};
  },
  component: lazyRouteComponent(() => import('./market/sourcing/Sourcings'), 'Sourcings'),
});
const sourcing = createRoute({
  getParentRoute: at,
  path: '/sourcages/$id',
  component: lazyRouteComponent(() => import('./market/sourcing/Sourcing'), 'Sourcing'),
});
const sourcingAnswer = createRoute({
  getParentRoute: at,
  path: '/sourcages/$id/repondre',
  component: lazyRouteComponent(() => import('./market/sourcing/Answer'), 'Answer'),
});

const tree = root.addChildren([
  ...pageRoutes,
  ...accountRoutes,
  ...marketRoutes,
  ...editionRoutes,
  ...networkRoutes,
  home,
  library,
  clause,
  families,
  family,
  glossary,
  selection,
  duties,
  ...charterRoutes,
  assistantStart,
  assistant,
  ...fileRoutes,
  ...followingRoutes,
  tools,
  simulator,
  lifeCycle,
  agec,
  analyse,
  analysisReport,
  keptTenders,
  sourcings,
  sourcing,
  sourcingAnswer,
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
