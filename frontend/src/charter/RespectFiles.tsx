import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { api, unwrap } from '../api/client';
import { count, longDate } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { Page } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { Places } from './Places';

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
    queryKey: ['charter', 'respect', 'pages'],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/api/v1/charter/respect', {
          params: { query: pageParam ? { cursor: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={TITLE}
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Chaque dossier est contrôlé sur les modalités de la charte. Une exception se justifie et se garde."
    >
      <Places />
      {query.isPending && <Skeleton lines={5} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && !lines.length && (
        <Empty title="Aucun dossier enregistré">
          <p>Décrivez un achat dans l’Assistant, puis enregistrez-le dans « Mes dossiers ».</p>
          <ButtonLink to="/assistant">Ouvrir l’Assistant</ButtonLink>
        </Empty>
      )}
      {lines.length > 0 && (
        <Rows label="Dossiers">
          {lines.map((line) => (
            <Row
              key={line.id}
              title={
                <Link to="/charte/dossiers/$id" params={{ id: String(line.id) }}>
                  {line.title}
                </Link>
              }
              facts={
                line.described
                  ? `${count(line.covered, 'modalité respectée', 'modalités respectées')}, ${line.missing} à compléter${line.exceptions ? `, ${count(line.exceptions, 'exception justifiée', 'exceptions justifiées')}` : ''}${line.launch_date ? ` ; lancement le ${longDate(line.launch_date)}` : ''}`
                  : 'Pas encore contrôlé : il manque l’objet ou la date de lancement.'
              }
            />
          ))}
        </Rows>
      )}
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Afficher la suite
        </Button>
      )}
    </Page>
  );
}
