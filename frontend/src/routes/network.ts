import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { SchemeFilters } from '../network/calendarApi';
import type { ReferentFilters } from '../network/peopleApi';
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

const STATES = ['coming', 'open', 'closed', 'tous'] as const;
const NATURES = ['aid', 'call', 'ami'] as const;
const one = <Word extends string>(words: readonly Word[], value: unknown) =>
  words.find((word) => word === value);

const schemes = createRoute({
  getParentRoute: at,
  path: '/aides',
  validateSearch: (search: Record<string, unknown>): SchemeFilters => {
    const [etat, nature] = [one(STATES, search['etat']), one(NATURES, search['nature'])];
    return {
      ...(etat && etat !== 'open' ? { etat } : {}),
      ...(nature ? { nature } : {}),
      ...(search['mots'] ? { mots: String(search['mots']) } : {}),
    };
  },
  component: lazyRouteComponent(() => import('../network/Schemes'), 'Schemes'),
});

const REFERENT = ['famille', 'espace', 'departement', 'organisme'] as const;

const referents = createRoute({
  getParentRoute: at,
  path: '/referents',
  validateSearch: (search: Record<string, unknown>): ReferentFilters =>
    Object.fromEntries(REFERENT.flatMap((name) => (search[name] ? [[name, String(search[name])]] : []))),
  component: lazyRouteComponent(() => import('../network/Referents'), 'Referents'),
});

const myReferent = createRoute({
  getParentRoute: at,
  path: '/referents/ma-fiche',
  component: lazyRouteComponent(() => import('../network/MyReferent'), 'MyReferent'),
});

const spaces = createRoute({
  getParentRoute: at,
  path: '/communaute/espaces',
  component: lazyRouteComponent(() => import('../network/SpaceSettings'), 'SpaceSettings'),
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
  referents,
  myReferent,
  spaces,
] as const;
