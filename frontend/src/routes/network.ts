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

export const networkRoutes = [training, trainingModule, community, question, moderation] as const;
