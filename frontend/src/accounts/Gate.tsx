import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Session } from '../api/types';
import { ButtonLink } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Failure, Skeleton } from '../ui/State';
import { missing, type Need, sessionQuery } from './session';

/** Draws a screen for those who may use it; tells the others what is missing and how to get it. */
export function Gate({
  need,
  title,
  why,
  side,
  children,
}: {
  need: Need;
  /** For the organisations of one side only: what the other side gets is told. */
  side?: 'buyer' | 'firm';
  /** The title of the screen, kept while it cannot be drawn. */
  title: string;
  /** One sentence: what signing in is for here. */
  why?: string;
  children: (session: Session) => ReactNode;
}) {
  const query = useQuery(sessionQuery);
  const here = useRouterState({ select: (state) => state.location.pathname + state.location.searchStr });
  const lacks = query.data && missing(query.data, need, side);
  if (query.data && !lacks) return <>{children(query.data)}</>;
  return (
    <Page title={title} narrow>
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Missing what={lacks} why={why} here={here} />}
    </Page>
  );
}

const SAID = {
  'sign-in': ['Connectez-vous pour continuer', 'Cette page enregistre un travail à votre nom.'],
  organisation: [
    'Rejoignez une organisation',
    'Cette page travaille au nom d’une organisation, et aucune n’est active.',
  ],
  role: [
    'Votre rôle ne permet pas d’ouvrir cette page',
    'Demandez ce rôle à l’administrateur de votre organisation ou de la plateforme.',
  ],
  buyer: [
    'Cette page est celle des acheteurs publics',
    'Vous agissez au nom d’une entreprise. Si vous êtes aussi membre d’un acheteur public, choisissez-le.',
  ],
  firm: [
    'Cette page est celle des entreprises',
    'Vous agissez au nom d’un acheteur public. Si vous êtes aussi membre d’une entreprise, choisissez-la.',
  ],
  'second-factor': [
    'Un second facteur est nécessaire',
    'Votre rôle donne des pouvoirs étendus : protégez-le par une clé d’accès ou une application de codes.',
  ],
} as const;

function Missing({
  what,
  why,
  here,
}: {
  what: ReturnType<typeof missing> | undefined;
  why: string | undefined;
  here: string;
}) {
  if (!what) return null;
  const [title, detail] = SAID[what];
  return (
    <Notice tone="info" title={title}>
      <p>{(what === 'sign-in' && why) || detail}</p>
      {what === 'sign-in' && (
        <ButtonLink look="primary" className="start" to="/connexion" search={{ retour: here }}>
          Se connecter
        </ButtonLink>
      )}
      {what === 'organisation' && (
        <ButtonLink look="primary" className="start" to="/mon-organisation">
          Choisir mon organisation
        </ButtonLink>
      )}
      {(what === 'buyer' || what === 'firm') && (
        <p className="row">
          <ButtonLink to="/mon-organisation">Choisir mon organisation</ButtonLink>
          {what === 'buyer' && <ButtonLink to="/sourcages">Voir les sourçages des acheteurs</ButtonLink>}
        </p>
      )}
      {what === 'second-factor' && (
        <ButtonLink look="primary" className="start" to="/mon-compte" search={{ onglet: 'securite' }}>
          Protéger mon compte
        </ButtonLink>
      )}
    </Notice>
  );
}
