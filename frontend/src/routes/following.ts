import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const calendar = createRoute({
  getParentRoute: at,
  path: '/dossiers/$id/calendrier',
  component: lazyRouteComponent(() => import('../purchases/following/Calendar'), 'Calendar'),
});
const followUp = createRoute({
  getParentRoute: at,
  path: '/dossiers/$id/suivi',
  component: lazyRouteComponent(() => import('../purchases/following/FollowUp'), 'FollowUp'),
});
const past = createRoute({
  getParentRoute: at,
  path: '/dossiers/existant',
  component: lazyRouteComponent(() => import('../purchases/following/Past'), 'Past'),
});

/** What comes after a file, and before all of them. */
export const followingRoutes = [calendar, followUp, past] as const;
