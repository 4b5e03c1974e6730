import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { api, unwrap } from '../api/client';
import { count, longDate } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { ButtonLink } from '../ui/Button';
import { Page } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Empty } from '../ui/State';
import { Places } from './Places';
import { pagesOf } from '../frame/pages';

const TITLE = 'Mes dossiers face à la charte';

export function RespectFiles() {
  return (
    <Gate
      need="reader"
      side="buyer"
      title={TITLE}
      why="Le contrôle porte sur les dossiers de votre organisation."
    >
      {() => <Mine />}
    </Gate>
  );
}

function Mine() {
  const query = useInfiniteQuery({
    ...pagesOf(['charter', 'respect', 'pages'], (from, signal) =>
      unwrap(
        api.GET('/api/v1/charter/respect', {
          params: { query: from },
          signal,
        }),
      ),
    ),
    staleTime: 0,
  });
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Chaque dossier est contrôlé sur les modalités de la charte. Une exception se justifie et se garde."
    >
      <Places />
      <PagedRows
        query={query}
        label="Dossiers"
        action="Afficher plus de dossiers"
        said={['dossier affiché', 'dossiers affichés']}
        empty={
          <Empty title="Aucun dossier enregistré">
            <p>Décrivez un achat dans l’Assistant, puis enregistrez-le dans « Mes dossiers ».</p>
            <ButtonLink to="/assistant">Ouvrir l’Assistant</ButtonLink>
          </Empty>
        }
        row={(line) => (
          <Row
            key={line.id}
            title={
              <Link to="/charte/dossiers/$id" params={{ id: String(line.id) }}>
                {line.title}
              </Link>
            }
            facts={
              line.described
                ? `${count(line.covered, 'modalité respectée', 'modalités respectées')}, ${line.missing} à compléter${line.exceptions ? `, ${count(line.exceptions, 'exception justifiée', 'exceptions justifiées')}` : ''}${line.launch_date ? ` ; lancement le ${longDate(line.launch_date)}` : ''}`
                : 'Pas encore contrôlé : il manque l’objet ou la date de lancement.'
            }
          />
        )}
      />
    </Page>
  );
}
