import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const desk = createRoute({
  getParentRoute: at,
  path: '/edition',
  validateSearch: (search: Record<string, unknown>): { liste?: string } =>
    search['liste'] ? { liste: String(search['liste']) } : {},
  component: lazyRouteComponent(() => import('../edition/Desk'), 'Desk'),
});
const proposal = createRoute({
  getParentRoute: at,
  path: '/edition/propositions/$id',
  component: lazyRouteComponent(() => import('../edition/Proposal'), 'Proposal'),
});

const overlay = createRoute({
  getParentRoute: at,
  path: '/clauses/$id/adaptation',
  component: lazyRouteComponent(() => import('../library/Overlay'), 'Overlay'),
});

export const editionRoutes = [desk, proposal, overlay];
