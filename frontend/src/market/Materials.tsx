import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button, ButtonLink } from '../ui/Button';
import { Page } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { materialsQuery } from './api';
import { OfferCard } from './FirmPage';
import { DepartmentSelect, FamilySelect } from './Pickers';

const route = getRouteApi('/gisements');

export function Materials() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(materialsQuery(filters));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const change = (next: object) => void navigate({ search: { ...filters, ...next }, replace: true });
  return (
    <Page
      title="Gisements de matières"
      crumbs={[{ label: 'Entreprises', link: { to: '/entreprises' } }]}
      lead={
        <p>
          Des lots de matières et d’équipements offerts ou cherchés, avec leur quantité, leur lieu et leurs
          dates.
        </p>
      }
    >
      <div className="row">
        <FamilySelect name="family" value={filters.family ?? ''} onChange={(family) => change({ family })} />
        <DepartmentSelect
          name="department"
          value={filters.department ?? ''}
          onChange={(department) => change({ department })}
        />
      </div>
      {query.isPending && <Skeleton blocks={2} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && (
        <Empty title="Aucun gisement publié ici">
          <p>Une entreprise ajoute un gisement depuis sa fiche, onglet « Offres ».</p>
          <ButtonLink to="/ma-fiche" search={{ onglet: 'offres' }}>
            Publier un gisement
          </ButtonLink>
        </Empty>
      )}
      <h2 className="hidden">Gisements</h2>
      <ul className="plain stack">
        {items.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} withFirm />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="start" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Afficher plus de gisements
        </Button>
      )}
    </Page>
  );
}
