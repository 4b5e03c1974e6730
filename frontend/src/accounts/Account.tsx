import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Session } from '../api/types';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Tabs } from '../ui/Tabs';
import { Gate } from './Gate';
import { History } from './History';
import { Keys } from './Keys';
import { MyData } from './MyData';
import { MyNotices } from './MyNotices';
import { Profile } from './Profile';
import { Security } from './Security';
import { Sessions } from './Sessions';

const TITLE = 'Mon compte';

export function Account() {
  return (
    <Gate need="signed" title={TITLE} why="Votre profil, vos sessions et vos clés sont ici.">
      {(session) => <Tabbed session={session} />}
    </Gate>
  );
}

function Tabbed({ session }: { session: Session }) {
  const { onglet } = useSearch({ from: '/mon-compte' });
  const navigate = useNavigate();
  const tabs = [
    { id: 'profil', title: 'Profil', content: <Profile session={session} /> },
    { id: 'securite', title: 'Sécurité', content: <Security session={session} /> },
    { id: 'sessions', title: 'Sessions', content: <Sessions /> },
    { id: 'avis', title: 'Avis', content: <MyNotices /> },
    { id: 'cles', title: 'Clés d’API', content: <Keys session={session} /> },
    { id: 'historique', title: 'Historique', content: <History /> },
    { id: 'donnees', title: 'Mes données', content: <MyData session={session} /> },
  ];
  return (
    <Page title={TITLE}>
      {session.second_factor_needed && (
        <Notice tone="warning" title="Un second facteur est nécessaire">
          <p>
            Votre rôle donne des pouvoirs étendus : ils restent fermés tant qu’une clé d’accès ou une
            application de codes n’est pas ajoutée, dans l’onglet « Sécurité ».
          </p>
        </Notice>
      )}
      <Tabs
        label={TITLE}
        tabs={tabs}
        selected={tabs.some((tab) => tab.id === onglet) ? String(onglet) : 'profil'}
        onSelect={(id) => void navigate({ to: '/mon-compte', search: { onglet: id }, replace: true })}
      />
    </Page>
  );
}
