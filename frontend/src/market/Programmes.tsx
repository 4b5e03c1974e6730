import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useSession } from '../accounts/session';
import { ApiProblem } from '../api/problem';
import { stringifySearch } from '../frame/address';
import { longDate } from '../frame/french';
import { PagedCards } from '../frame/Paged';
import { useLabels } from '../library/api';
import { ButtonLink } from '../ui/Button';
import { Card, Facts, Summary } from '../ui/Card';
import { departmentName } from '../ui/departments';
import { Page } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { type Programme, programmeQuery, programmesQuery } from './api';
import { Follow } from './Follow';
import { DepartmentSelect, FamilySelect } from './Pickers';
import { monthOf } from './words';

const route = getRouteApi('/programmes');
const one = getRouteApi('/programmes/$id');

export function Programmes() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(programmesQuery(filters));
  const buyer = useSession()?.organisation;
  const change = (next: object) => void navigate({ search: { ...filters, ...next }, replace: true });
  const search = stringifySearch({ ...filters });
  return (
    <Page
      title="Achats publics à venir"
      crumbs={[{ label: 'Entreprises', link: { to: '/entreprises' } }]}
      lead={
        <p>
          Ce que des acheteurs publics annoncent, avant la consultation. Suivez vos familles et vos
          territoires.
        </p>
      }
    >
      {buyer && buyer.kind !== 'firm' && (
        <div className="row">
          <ButtonLink look="primary" to="/mes-programmes">
            Annoncer un achat
          </ButtonLink>
          <ButtonLink to="/plan-achats">Vérifier un plan d’achats</ButtonLink>
        </div>
      )}
      <div className="row">
        <FamilySelect name="family" value={filters.family ?? ''} onChange={(family) => change({ family })} />
        <DepartmentSelect
          name="department"
          value={filters.department ?? ''}
          onChange={(department) => change({ department })}
        />
      </div>
      <Follow
        subject="programmes"
        name={['Achats à venir', filters.family, filters.department && departmentName(filters.department)]
          .filter(Boolean)
          .join(' : ')}
        query={search.replace(/^\?/, '')}
      />
      <p>
        <a href={`/api/v1/programmes.atom${search}`}>Flux Atom de cette liste</a>
      </p>
      <h2 className="hidden">Achats annoncés</h2>
      <PagedCards
        query={query}
        keyOf={(item) => item.id}
        card={(item) => <ProgrammeCard item={item} />}
        action="Afficher plus d’achats"
        said={['achat affiché', 'achats affichés']}
        empty={
          <Empty title="Aucun achat annoncé ici pour l’instant">
            <p>Enregistrez cette recherche : vous serez prévenu du premier.</p>
          </Empty>
        }
      />
    </Page>
  );
}

function ProgrammeCard({ item }: { item: Programme }) {
  const label = useLabels();
  return (
    <Card>
      <h3>
        <Link to="/programmes/$id" params={{ id: String(item.id) }}>
          {item.title}
        </Link>
      </h3>
      <Facts>
        <span>{item.organisation}</span>
        <span>{item.families.map((code) => label('families', code)).join(', ')}</span>
        <span>Consultation attendue en {monthOf(item.expected_on)}</span>
        <span>{item.amount_words}</span>
      </Facts>
    </Card>
  );
}

export function ProgrammePage() {
  const { id } = one.useParams();
  const query = useQuery(programmeQuery(Number(id) || 0));
  const label = useLabels();
  const crumbs = [{ label: 'Achats à venir', link: { to: '/programmes' as const } }];
  const missing = query.error instanceof ApiProblem && query.error.status < 500;
  const item = query.data;
  if (!item)
    return (
      <Page title={missing ? 'Achat introuvable' : 'Achat à venir'} crumbs={crumbs}>
        {query.isPending && <Skeleton lines={4} />}
        {query.isError && <Failure error={query.error} />}
      </Page>
    );
  const names = (list: 'families' | 'levers', codes: string[]) =>
    codes.map((code) => label(list, code)).join(', ');
  return (
    <Page
      key={item.id}
      title={item.title}
      crumbs={crumbs}
      lead={item.description ? <p>{item.description}</p> : undefined}
    >
      <Summary
        rows={[
          { term: 'Acheteur', value: item.organisation },
          { term: 'Familles', value: names('families', item.families) },
          { term: 'Leviers visés', value: names('levers', item.levers) || 'Non précisés' },
          { term: 'Codes CPV', value: item.cpv.join(', ') || 'Non précisés' },
          { term: 'Lieux', value: item.departments.map(departmentName).join(', ') || 'France entière' },
          { term: 'Montant', value: item.amount_words },
          { term: 'Consultation attendue', value: monthOf(item.expected_on) },
          { term: 'Publié le', value: item.published_at ? longDate(item.published_at) : 'Brouillon' },
        ]}
      />
      <p className="soft measure">Cette annonce n’engage pas l’acheteur : l’avis de marché fera seul foi.</p>
    </Page>
  );
}
