import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PagedCards } from '../frame/Paged';
import { ButtonLink } from '../ui/Button';
import { Select } from '../ui/Field';
import { Page } from '../ui/Page';
import { Empty } from '../ui/State';
import { materialsQuery } from './api';
import { OfferCard } from './FirmPage';
import { DepartmentSelect, FamilySelect } from './Pickers';

const route = getRouteApi('/gisements');

export function Materials() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(materialsQuery(filters));
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
        <Select
          name="direction"
          label="Offerts ou cherchés"
          value={filters.direction ?? ''}
          onChange={(direction) => change({ direction })}
          options={[
            { value: '', label: 'Tous' },
            { value: 'offered', label: 'Offerts' },
            { value: 'sought', label: 'Cherchés' },
          ]}
        />
        <FamilySelect name="family" value={filters.family ?? ''} onChange={(family) => change({ family })} />
        <DepartmentSelect
          name="department"
          value={filters.department ?? ''}
          onChange={(department) => change({ department })}
        />
      </div>
      <h2 className="hidden">Gisements</h2>
      <PagedCards
        query={query}
        keyOf={(offer) => offer.id}
        card={(offer) => <OfferCard offer={offer} withFirm />}
        action="Afficher plus de gisements"
        said={['gisement affiché', 'gisements affichés']}
        empty={
          <Empty title="Aucun gisement publié ici">
            <p>Une entreprise ajoute un gisement depuis sa fiche, onglet « Offres ».</p>
            <ButtonLink to="/ma-fiche" search={{ onglet: 'offres' }}>
              Publier un gisement
            </ButtonLink>
          </Empty>
        }
      />
    </Page>
  );
}
