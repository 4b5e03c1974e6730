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

export const networkRoutes = [training, trainingModule] as const;
