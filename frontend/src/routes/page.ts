import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const pages = () => import('../pages/Pages');
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

const reference = createRoute({
  getParentRoute: at,
  path: '/api',
  component: lazyRouteComponent(() => import('../reference/Reference'), 'Reference'),
});

const problem = createRoute({
  getParentRoute: at,
  path: '/problems/$slug',
  component: lazyRouteComponent(() => import('../pages/Problem'), 'Problem'),
});

export const pageRoutes = [
  accessibility,
  legal,
  privacy,
  resources,
  sitemap,
  help,
  licence,
  reference,
  problem,
] as const;
