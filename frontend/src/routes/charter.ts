import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const KINDS = ['state', 'local_authority', 'public_establishment', 'contracting_entity'] as const;
const whole = (value: unknown) => {
  const found = Number(value);
  return Number.isInteger(found) && found > 0 ? found : undefined;
};
const yearOf = (search: Record<string, unknown>): { annee?: number } => {
  const year = whole(search['annee']);
  return year && year >= 2022 && year <= 2060 ? { annee: year } : {};
};

const charter = createRoute({
  getParentRoute: at,
  path: '/charte',
  validateSearch: (search: Record<string, unknown>): { version?: number } => {
    const version = whole(search['version']);
    return version ? { version } : {};
  },
  component: lazyRouteComponent(() => import('../charter/Charter'), 'Charter'),
});
const signatories = createRoute({
  getParentRoute: at,
  path: '/charte/signataires',
  validateSearch: (
    search: Record<string, unknown>,
  ): { department?: string; kind?: (typeof KINDS)[number]; version?: number; q?: string } => {
    const kind = KINDS.find((one) => one === search['kind']);
    const version = whole(search['version']);
    const department = String(search['department'] ?? '');
    return {
      ...(/^[0-9AB]{2,3}$/.test(department) ? { department } : {}),
      ...(kind ? { kind } : {}),
      ...(version ? { version } : {}),
      ...(search['q'] ? { q: String(search['q']).slice(0, 200) } : {}),
    };
  },
  component: lazyRouteComponent(() => import('../charter/Signatories'), 'Signatories'),
});
const adhesion = createRoute({
  getParentRoute: at,
  path: '/charte/adhesion',
  component: lazyRouteComponent(() => import('../charter/Adhesion'), 'Adhesion'),
});
const respectFiles = createRoute({
  getParentRoute: at,
  path: '/charte/dossiers',
  component: lazyRouteComponent(() => import('../charter/RespectFiles'), 'RespectFiles'),
});
const respectFile = createRoute({
  getParentRoute: at,
  path: '/charte/dossiers/$id',
  component: lazyRouteComponent(() => import('../charter/RespectFile'), 'RespectFile'),
});
const progress = createRoute({
  getParentRoute: at,
  path: '/charte/suivi',
  validateSearch: yearOf,
  component: lazyRouteComponent(() => import('../charter/Progress'), 'Progress'),
});
const agecTracking = createRoute({
  getParentRoute: at,
  path: '/charte/agec',
  validateSearch: yearOf,
  component: lazyRouteComponent(() => import('../charter/AgecTracking'), 'AgecTracking'),
});
const spaserTracking = createRoute({
  getParentRoute: at,
  path: '/charte/spaser',
  validateSearch: yearOf,
  component: lazyRouteComponent(() => import('../charter/SpaserTracking'), 'SpaserTracking'),
});
const published = () => import('../charter/PublishedSpaser');
const publishedList = createRoute({
  getParentRoute: at,
  path: '/spaser',
  component: lazyRouteComponent(published, 'PublishedList'),
});
const publishedOne = createRoute({
  getParentRoute: at,
  path: '/spaser/$siret/$year',
  component: lazyRouteComponent(published, 'PublishedOne'),
});
const dashboard = createRoute({
  getParentRoute: at,
  path: '/tableau-de-bord',
  component: lazyRouteComponent(() => import('../charter/Dashboard'), 'Dashboard'),
});
const administration = createRoute({
  getParentRoute: at,
  path: '/administration/charte',
  component: lazyRouteComponent(() => import('../charter/CharterAdministration'), 'CharterAdministration'),
});

/** The charter, its tracking and the public dashboard. */
export const charterRoutes = [
  charter,
  signatories,
  adhesion,
  respectFiles,
  respectFile,
  progress,
  agecTracking,
  spaserTracking,
  publishedList,
  publishedOne,
  dashboard,
  administration,
] as const;
