import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const training = createRoute({
  getParentRoute: at,
  path: '/formation',
  component: lazyRouteComponent(() => import('../network/Training'), 'Training'),
});

const trainingModule = createRoute({
  getParentRoute: at,
  path: '/formation/$code',
  component: lazyRouteComponent(() => import('../network/Module'), 'Module'),
});

const community = createRoute({
  getParentRoute: at,
  path: '/communaute',
  validateSearch: (search: Record<string, unknown>): { espace?: string; clause?: string } => ({
    ...(search['espace'] ? { espace: String(search['espace']) } : {}),
    ...(search['clause'] ? { clause: String(search['clause']) } : {}),
  }),
  component: lazyRouteComponent(() => import('../network/Community'), 'Community'),
});

const question = createRoute({
  getParentRoute: at,
  path: '/communaute/questions/$id',
  component: lazyRouteComponent(() => import('../network/Question'), 'Question'),
});

const moderation = createRoute({
  getParentRoute: at,
  path: '/communaute/moderation',
  component: lazyRouteComponent(() => import('../network/Moderation'), 'Moderation'),
});

const events = createRoute({
  getParentRoute: at,
  path: '/evenements',
  component: lazyRouteComponent(() => import('../network/Events'), 'Events'),
});

const event = createRoute({
  getParentRoute: at,
  path: '/evenements/$id',
  component: lazyRouteComponent(() => import('../network/Event'), 'Event'),
});

const schemes = createRoute({
  getParentRoute: at,
  path: '/aides',
  component: lazyRouteComponent(() => import('../network/Schemes'), 'Schemes'),
});

export const networkRoutes = [
  training,
  trainingModule,
  community,
  question,
  moderation,
  events,
  event,
  schemes,
] as const;
