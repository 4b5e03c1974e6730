import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseFirmFilters, parseFollowed, parseMaterials } from '../market/filters';
import { at } from './root';

const directory = createRoute({
  getParentRoute: at,
  path: '/entreprises',
  validateSearch: parseFirmFilters,
  component: lazyRouteComponent(() => import('../market/Directory'), 'Directory'),
});
const firm = createRoute({
  getParentRoute: at,
  path: '/entreprises/$siret',
  component: lazyRouteComponent(() => import('../market/FirmPage'), 'FirmPage'),
});
const MY_TABS = ['fiche', 'offres', 'capacites', 'preuves'] as const;
const myFirm = createRoute({
  getParentRoute: at,
  path: '/ma-fiche',
  validateSearch: (search: Record<string, unknown>): { onglet?: (typeof MY_TABS)[number] } => {
    const tab = MY_TABS.find((name) => name === search['onglet']);
    return tab ? { onglet: tab } : {};
  },
  component: lazyRouteComponent(() => import('../market/MyFirm'), 'MyFirm'),
});
const materials = createRoute({
  getParentRoute: at,
  path: '/gisements',
  validateSearch: parseMaterials,
  component: lazyRouteComponent(() => import('../market/Materials'), 'Materials'),
});
const programmes = createRoute({
  getParentRoute: at,
  path: '/programmes',
  validateSearch: parseFollowed,
  component: lazyRouteComponent(() => import('../market/Programmes'), 'Programmes'),
});
const myProgrammes = createRoute({
  getParentRoute: at,
  path: '/mes-programmes',
  component: lazyRouteComponent(() => import('../market/MyProgrammes'), 'MyProgrammes'),
});
const plans = createRoute({
  getParentRoute: at,
  path: '/plan-achats',
  component: lazyRouteComponent(() => import('../market/Plans'), 'Plans'),
});
const plan = createRoute({
  getParentRoute: at,
  path: '/plan-achats/$id',
  component: lazyRouteComponent(() => import('../market/Plan'), 'PlanPage'),
});
const programme = createRoute({
  getParentRoute: at,
  path: '/programmes/$id',
  component: lazyRouteComponent(() => import('../market/Programmes'), 'ProgrammePage'),
});
const alerts = createRoute({
  getParentRoute: at,
  path: '/alertes',
  component: lazyRouteComponent(() => import('../market/Alerts'), 'Alerts'),
});

/** « Entreprises » and what buyers and firms do there. */
export const marketRoutes = [
  directory,
  firm,
  myFirm,
  materials,
  programmes,
  myProgrammes,
  plans,
  plan,
  programme,
  alerts,
] as const;
