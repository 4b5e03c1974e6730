import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Gate } from '../accounts/Gate';
import { useSubmit } from '../accounts/submit';
import { api, done } from '../api/client';
import type { components } from '../api/schema';
import { longDate } from '../frame/french';
import { Button, ButtonLink } from '../ui/Button';
import { Page } from '../ui/Page';
import { Row, Rows } from '../ui/Rows';
import { Empty, Failure, Skeleton } from '../ui/State';
import { searchesQuery } from './api';
import { FollowPlace } from './FollowPlace';

export function Alerts() {
  return (
    <Gate
      need="signed"
      title="Mes alertes"
      why="Une recherche enregistrée vous prévient de ce qui est nouveau."
    >
      {() => (
        <Page
          title="Mes alertes"
          lead={
            <p>
              Chaque matin, un courriel par recherche qui a du nouveau. Le flux dit la même chose à votre
              lecteur. Les clauses de vos dossiers et les autres avis se règlent au même endroit :{' '}
              <Link to="/mon-compte" search={{ onglet: 'avis' }}>
                choisir ce que je reçois
              </Link>
            </p>
          }
        >
          <List />
          <FollowPlace />
        </Page>
      )}
    </Gate>
  );
}

function List() {
  const query = useQuery(searchesQuery);
  if (query.isPending) return <Skeleton lines={3} />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data.items.length)
    return (
      <Empty title="Aucune recherche enregistrée">
        <p>Depuis l’annuaire, les achats à venir ou un sourçage publié, choisissez de suivre.</p>
        <div className="row">
          <ButtonLink to="/entreprises">Annuaire</ButtonLink>
          <ButtonLink to="/programmes">Achats à venir</ButtonLink>
        </div>
      </Empty>
    );
  return (
    <Rows label="Mes recherches enregistrées">
      {query.data.items.map((one) => (
        <SearchRow key={one.id} item={one} />
      ))}
    </Rows>
  );
}

function SearchRow({ item }: { item: components['schemas']['SavedSearchOut'] }) {
  const client = useQueryClient();
  const remove = useSubmit(
    () => done(api.DELETE('/api/v1/saved-searches/{ident}', { params: { path: { ident: item.id } } })),
    () => void client.invalidateQueries({ queryKey: ['saved-searches'] }),
  );
  return (
    <Row
      title={<a href={item.page}>{item.name}</a>}
      facts={
        <>
          Enregistrée le {longDate(item.created_at)}. <a href={item.feed}>Flux Atom</a>, à garder pour vous.
        </>
      }
      actions={
        <>
          {remove.failure && <Failure error={remove.failure} />}
          <Button small about={item.name} busy={remove.busy} onClick={() => remove.submit()}>
            Arrêter
          </Button>
        </>
      }
    />
  );
}
