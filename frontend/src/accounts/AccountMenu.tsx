import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { api, unwrap } from '../api/client';
import { forgetToken } from '../api/csrf';
import type { Session } from '../api/types';
import { putAway } from '../purchases/files/opened';
import { Menu, MenuAction, MenuLink, MenuNote, TopLink } from '../ui/Menu';
import { isEditorial, useSession } from './session';

export function personName(person: NonNullable<Session['person']>): string {
  return `${person.given_name} ${person.family_name}`.trim() || person.email;
}

export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      await putAway();
      return unwrap(api.DELETE('/api/v1/session'));
    },
    onSettled: (left) => {
      forgetToken();
      // Nothing read under the session stays in memory.
      queries.clear();
      if (left?.next) window.location.assign(left.next);
      else void navigate({ to: '/' });
    },
  });
}

/** The corner of the frame: sign in, or one's account, organisation and way out. */
export function AccountMenu() {
  const session = useSession();
  const signOut = useSignOut();
  const here = useRouterState({ select: (state) => state.location.pathname + state.location.searchStr });
  if (!session?.person) {
    const back = here === '/' || here.startsWith('/connexion') ? {} : { retour: here };
    return (
      <TopLink to="/connexion" search={back}>
        Se connecter
      </TopLink>
    );
  }
  return (
    <Menu label={personName(session.person)} about="Compte de">
      <MenuNote>{session.organisation?.name ?? 'Aucune organisation active'}</MenuNote>
      <MenuLink to="/mon-compte">Mon compte</MenuLink>
      <MenuLink to="/mon-organisation">Mon organisation</MenuLink>
      {session.organisation?.kind === 'firm' && <MenuLink to="/ma-fiche">Ma fiche</MenuLink>}
      <MenuLink to="/alertes">Mes alertes</MenuLink>
      {isEditorial(session) && <MenuLink to="/edition">Rédaction des clauses</MenuLink>}
      {session.platform_roles.includes('platform_admin') && (
        <MenuLink to="/administration">Administration</MenuLink>
      )}
      <MenuAction onPress={() => signOut.mutate()}>Se déconnecter</MenuAction>
    </Menu>
  );
}
