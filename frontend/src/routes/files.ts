import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { at } from './root';

const FILE_STATES = ['active', 'archived', 'deleted'] as const;
const files = createRoute({
  getParentRoute: at,
  path: '/dossiers',
  validateSearch: (
    search: Record<string, unknown>,
  ): { etat?: (typeof FILE_STATES)[number]; famille?: string; q?: string } => {
    const etat = FILE_STATES.find((state) => state === search['etat']);
    return {
      ...(etat ? { etat } : {}),
      ...(search['famille'] ? { famille: String(search['famille']) } : {}),
      ...(search['q'] ? { q: String(search['q']) } : {}),
    };
  },
  component: lazyRouteComponent(() => import('../purchases/files/Files'), 'Files'),
});
const file = createRoute({
  getParentRoute: at,
  path: '/dossiers/$id',
  component: lazyRouteComponent(() => import('../purchases/files/File'), 'FileScreen'),
});
const fileChanges = createRoute({
  getParentRoute: at,
  path: '/dossiers/$id/changements',
  component: lazyRouteComponent(() => import('../purchases/files/Changes'), 'Changes'),
});
const shared = createRoute({
  getParentRoute: at,
  path: '/partage',
  component: lazyRouteComponent(() => import('../purchases/files/Shared'), 'Shared'),
});

/** « Mes dossiers ». */
export const fileRoutes = [files, file, fileChanges, shared] as const;
