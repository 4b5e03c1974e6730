import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, unwrap } from '../api/client';
import { departmentsFinding } from '../frame/findings';
import { count, longDate } from '../frame/french';
import { PagedRows } from '../frame/Paged';
import { DepartmentMap } from '../ui/DepartmentMap';
import { departmentName } from '../ui/departments';
import { Select, TextField } from '../ui/Field';
import { Page, Section } from '../ui/Page';
import { Row } from '../ui/Rows';
import { Empty, Failure, Skeleton, Status } from '../ui/State';
import { type RegisterFilters, registerQuery } from './api';
import { Places } from './Places';
import { kindLabel } from './words';
import { pagesOf } from '../frame/pages';

export function Signatories() {
  const filters = useSearch({ strict: false }) as RegisterFilters;
  const navigate = useNavigate();
  const set = (change: RegisterFilters) => {
    const next = Object.fromEntries(Object.entries({ ...filters, ...change }).filter(([, value]) => value));
    void navigate({ to: '/charte/signataires', search: next, replace: true });
  };
  const first = useQuery(registerQuery(filters));
  const csv = new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
  return (
    <Page
      title="Les signataires de la charte"
      crumbs={[{ label: 'Charte', link: { to: '/charte' } }]}
      lead="Les organismes publics qui ont signé, et la version qu’ils ont signée."
    >
      <Places />
      {first.isPending && <Skeleton blocks={2} />}
      {first.isError && <Failure error={first.error} retry={() => void first.refetch()} />}
      {first.data && (
        <>
          <div className="row bottom no-print">
            <TextField
              name="nom"
              label="Nom"
              type="search"
              width="medium"
              value={filters.q ?? ''}
              onChange={(q) => set({ q })}
            />
            <Facet
              name="type"
              label="Type d’organisme"
              value={filters.kind ?? ''}
              all="Tous les types"
              found={first.data.facets.kind.map((one) => [
                one.value,
                `${kindLabel(one.value)} (${one.count})`,
              ])}
              onChange={(kind) => set({ kind: kind as NonNullable<RegisterFilters['kind']> })}
            />
            <Facet
              name="departement"
              label="Département"
              value={filters.department ?? ''}
              all="Tous les départements"
              found={first.data.facets.department
                .filter((one) => one.value)
                .map((one) => [one.value, `${departmentName(one.value)} (${one.count})`])}
              onChange={(department) => set({ department })}
            />
            <Facet
              name="version-signee"
              label="Version signée"
              value={filters.version ? String(filters.version) : ''}
              all="Toutes les versions"
              found={first.data.facets.version.map((one) => [
                one.value,
                `Version ${one.value} (${one.count})`,
              ])}
              onChange={(version) => set({ version: Number(version) || undefined })}
            />
          </div>
          <Status>{count(first.data.count, 'signataire')}</Status>
          <List filters={filters} />
          <p className="no-print">
            <a href={`/api/v1/charter/signatories.csv?${csv}`} download>
              Télécharger la liste (CSV)
            </a>
          </p>
          <Section title="Sur la carte">
            <DepartmentMap
              title={departmentsFinding(
                first.data.facets.department.map((one) => ({ code: one.value, value: one.count })),
                'signataire',
              )}
              csv={{ name: 'signataires-par-departement.csv' }}
              head="Signataires"
              summary="Chaque case est un département. Choisir un département filtre aussi la liste."
              counts={first.data.facets.department.map((one) => ({ code: one.value, value: one.count }))}
              say={(value) => count(value, 'signataire')}
              chosen={filters.department}
              onChoose={(department) => set({ department })}
            />
          </Section>
        </>
      )}
    </Page>
  );
}

function Facet({
  name,
  label,
  value,
  all,
  found,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  all: string;
  found: (readonly [string, string])[];
  onChange: (value: string) => void;
}) {
  const options = found.map(([code, text]) => ({ value: code, label: text }));
  const kept =
    options.some((one) => one.value === value) || !value ? options : [...options, { value, label: value }];
  return (
    <Select
      name={name}
      label={label}
      width="medium"
      value={value}
      onChange={onChange}
      options={[{ value: '', label: all }, ...kept]}
    />
  );
}

function List({ filters }: { filters: RegisterFilters }) {
  const pages = useInfiniteQuery(
    pagesOf(['charter', 'signatories', 'pages', filters], (from, signal) =>
      unwrap(
        api.GET('/api/v1/charter/signatories', {
          params: { query: { ...filters, ...from } as never },
          signal,
        }),
      ),
    ),
  );
  return (
    <PagedRows
      query={pages}
      label="Signataires"
      action="Afficher plus de signataires"
      said={['signataire affiché', 'signataires affichés']}
      empty={
        <Empty title="Aucun signataire ici">
          <p>Élargissez les filtres, ou revenez quand un organisme aura signé.</p>
        </Empty>
      }
      row={(line) => (
        <Row
          key={line.siret}
          title={line.organisation}
          facts={`${kindLabel(line.kind)}${line.department ? `, ${departmentName(line.department)}` : ''} ; version ${line.charter_version}, depuis le ${longDate(line.since)}`}
        />
      )}
    />
  );
}
