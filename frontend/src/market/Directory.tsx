import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { stringifySearch } from '../frame/address';
import { departmentsFinding } from '../frame/findings';
import { count } from '../frame/french';
import { PagedCards } from '../frame/Paged';
import { useLabels } from '../library/api';
import { Contents } from '../ui/Contents';
import { Button, ButtonLink } from '../ui/Button';
import { Card, Details, Facts } from '../ui/Card';
import { Checkbox, CheckboxGroup } from '../ui/Choice';
import { DepartmentMap } from '../ui/DepartmentMap';
import { departmentName } from '../ui/departments';
import { TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Status } from '../ui/State';
import { firmFacetsQuery, firmMapQuery, firmsQuery, type FirmSummary } from './api';
import css from './Directory.module.css';
import type { FirmFilters } from './filters';
import { ClauseFilter } from './ClauseFilter';
import { Follow } from './Follow';
import { StatusMarks } from './Marks';
import { DepartmentSelect, FamilySelect } from './Pickers';

const route = getRouteApi('/entreprises');
type Props = { filters: FirmFilters; change: (next: FirmFilters) => void };

export function Directory() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const change = (next: FirmFilters) => void navigate({ search: next, replace: true, resetScroll: false });
  return (
    <Page
      title="Entreprises"
      lead={
        <p>
          Qui sait réemployer, réparer, reprendre, louer ou fournir des produits sobres. L’ordre est celui de
          la proximité, puis d’un tirage fixe : aucune place ne s’achète.
        </p>
      }
    >
      <Doors />
      <div className={css.directory}>
        <div className={css.side}>
          <Filters filters={filters} change={change} />
        </div>
        <div className="stack loose">
          <Results filters={filters} change={change} />
          <Where filters={filters} change={change} />
        </div>
      </div>
      <Invite />
    </Page>
  );
}

function Doors() {
  const firm = useSession()?.organisation?.kind === 'firm';
  return (
    <Contents label="Autour des entreprises" row>
      <ButtonLink look={firm ? 'primary' : 'secondary'} to="/ma-fiche">
        {firm ? 'Ma fiche' : 'Inscrire mon entreprise'}
      </ButtonLink>
      <ButtonLink to="/programmes">Achats à venir</ButtonLink>
      <ButtonLink to="/gisements">Gisements de matières</ButtonLink>
    </Contents>
  );
}

function Filters({ filters, change }: Props) {
  const [text, setText] = useState(filters.q ?? '');
  const { data } = useQuery(firmFacetsQuery(filters));
  const options = (list: { code: string; label: string; count: number }[] | undefined) =>
    (list ?? []).map((one) => ({ value: one.code, label: one.label, count: one.count }));
  return (
    <div className="stack">
      <Form onSubmit={() => change({ ...filters, q: text.trim() })}>
        <TextField
          name="q"
          label="Mots, SIRET ou nom"
          type="search"
          value={text}
          onChange={setText}
          hint="Par exemple « chaises », « compost »"
        />
        <Button type="submit" className="start">
          Chercher
        </Button>
      </Form>
      <FamilySelect
        name="family"
        value={filters.family ?? ''}
        onChange={(family) => change({ ...filters, family })}
      />
      <DepartmentSelect
        name="department"
        label="Intervient dans le département"
        value={filters.department ?? ''}
        onChange={(department) => change({ ...filters, department })}
      />
      <ClauseFilter filters={filters} change={change} />
      <Details summary="Leviers" open={Boolean(filters.lever?.length)}>
        <CheckboxGroup
          name="lever"
          label="Leviers"
          hideLabel
          compact
          options={options(data?.levers)}
          values={filters.lever ?? []}
          onChange={(lever) => change({ ...filters, lever })}
        />
      </Details>
      <Details summary="Statuts" open={Boolean(filters.status?.length)}>
        <CheckboxGroup
          name="status"
          label="Statuts"
          hideLabel
          compact
          options={options(data?.statuses)}
          values={filters.status ?? []}
          onChange={(status) => change({ ...filters, status })}
        />
      </Details>
      <Checkbox
        name="proof"
        label="Avec une preuve en cours de validité"
        checked={Boolean(filters.proof)}
        onChange={(on) => change({ ...filters, proof: on ? 'true' : '' })}
      />
    </div>
  );
}

function Results({ filters, change }: Props) {
  const query = useInfiniteQuery(firmsQuery(filters));
  const facets = useQuery(firmFacetsQuery(filters));
  const total = facets.data?.count;
  return (
    <section className="stack">
      <h2 className="hidden">Résultats</h2>
      <Status>
        <strong>
          {total
            ? `${total.how === 'exact' ? '' : 'Plus de '}${count(total.number, 'entreprise')}`
            : 'Entreprises'}
        </strong>
      </Status>
      <Follow
        subject="firms"
        name={nameOf(filters)}
        query={stringifySearch({ ...filters }).replace(/^\?/, '')}
      />
      <PagedCards
        query={query}
        keyOf={(firm) => firm.siret}
        card={(firm) => <FirmCard firm={firm} />}
        action="Afficher plus d’entreprises"
        said={['entreprise affichée', 'entreprises affichées']}
        empty={<Nobody filters={filters} change={change} />}
      />
    </section>
  );
}

function nameOf({ q, family, clause, department }: FirmFilters): string {
  const parts = [q && `« ${q} »`, family, clause, department && departmentName(department)].filter(Boolean);
  return `Entreprises${parts.length ? ` : ${parts.join(', ')}` : ''}`;
}

function Nobody({ filters, change }: Props) {
  const { department: _, ...anywhere } = filters;
  const { level: _level, ...anyLevel } = filters;
  return (
    <Empty title="Aucune entreprise inscrite ne répond à cette recherche">
      <p>L’annuaire ne contient que les entreprises qui ont créé leur fiche.</p>
      <div className="row">
        {filters.department && (
          <Button onClick={() => change(anywhere)}>Chercher dans toute la France</Button>
        )}
        {filters.level && <Button onClick={() => change(anyLevel)}>Chercher à tous les niveaux</Button>}
        <Button onClick={() => change({})}>Effacer les filtres</Button>
      </div>
    </Empty>
  );
}

function FirmCard({ firm }: { firm: FirmSummary }) {
  const label = useLabels();
  return (
    <Card>
      <h3>
        <Link to="/entreprises/$siret" params={{ siret: firm.siret }}>
          {firm.name}
        </Link>
      </h3>
      <Facts>
        {firm.department_name && (
          <span>
            {firm.department_name} ({firm.department})
          </span>
        )}
        <span>
          {firm.families.map((code) => label('families', code)).join(', ') || 'Aucune offre décrite'}
        </span>
        <StatusMarks statuses={firm.statuses} />
        {firm.proof && <span>Preuve en cours de validité</span>}
      </Facts>
      {firm.description && <p className="measure">{firm.description}</p>}
      {firm.reasons.length > 0 && (
        <p className="small soft">Pourquoi elle est là : {firm.reasons.join(' ; ')}.</p>
      )}
    </Card>
  );
}

function Where({ filters, change }: Props) {
  const { department: _department, ...anywhere } = filters;
  const { data } = useQuery(firmMapQuery(anywhere));
  if (!data) return null;
  const capped = data.items.some((one) => one.capped);
  const narrowed = Object.keys(anywhere).length > 0;
  return (
    <Section title="Où elles interviennent">
      <DepartmentMap
        title={departmentsFinding(
          data.items.map((one) => ({ code: one.code, value: one.firms })),
          'entreprise',
        )}
        csv={{ name: 'entreprises-par-departement.csv' }}
        head="Entreprises"
        summary={`${narrowed ? 'Celles de cette recherche. ' : ''}Celles qui couvrent toute la France comptent partout.${capped ? ' Certains nombres sont des minimums.' : ''}`}
        counts={data.items.map((one) => ({ code: one.code, value: one.firms }))}
        say={(value) => count(value, 'entreprise')}
        chosen={filters.department}
        onChoose={(department) => change({ ...filters, department: department ?? '' })}
      />
    </Section>
  );
}

/** For buyers: a firm that is missing is asked to come, once. */
function Invite() {
  const organisation = useSession()?.organisation;
  const [email, setEmail] = useState('');
  const [said, setSaid] = useState('');
  const form = useSubmit(
    () => unwrap(api.POST('/api/v1/firm-invitations', { body: { email } })),
    (answer) => {
      setSaid(answer.detail);
      setEmail('');
    },
  );
  if (!organisation || organisation.kind === 'firm' || organisation.role === 'reader') return null;
  return (
    <Section
      title="Inviter une entreprise absente"
      intro="Elle reçoit un seul message de votre organisation, et choisit. Son adresse n’est pas conservée."
    >
      <Form errors={form.errors} attempt={form.attempt} onSubmit={() => form.submit()}>
        {form.failure && <Failure error={form.failure} />}
        <TextField
          name="email"
          label="Courriel de l’entreprise"
          type="email"
          width="medium"
          value={email}
          onChange={setEmail}
          error={form.errors['email']}
        />
        <Button type="submit" className="start" busy={form.busy}>
          Inviter
        </Button>
        {said && <Notice tone="success" title={said} live />}
      </Form>
    </Section>
  );
}
