import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { longDate } from '../frame/french';
import { PagedCards } from '../frame/Paged';
import { ClauseLinks } from '../library/ClauseLinks';
import { Button } from '../ui/Button';
import { Card, Details, Facts, Summary } from '../ui/Card';
import { Confirm } from '../ui/Dialog';
import { Select, TextField } from '../ui/Field';
import { Form } from '../ui/Form';
import { Badge } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Said } from '../ui/State';
import { SignInFirst } from './AskForm';
import { KINDS, type Scheme, type SchemeFilters, schemesQuery } from './calendarApi';
import { Paragraphs } from './Question';
import { SchemeForm } from './SchemeForm';
import { useRefreshNetwork } from './talkApi';

const route = getRouteApi('/aides');
const STATES: Record<Scheme['state'], string> = { coming: 'À venir', open: 'Ouvert', closed: 'Clos' };
const CHOICES = [
  { value: 'open', label: 'Ouverts' },
  { value: 'coming', label: 'À venir' },
  { value: 'closed', label: 'Clos' },
  { value: 'tous', label: 'Tous' },
];

export function Schemes() {
  const filters = route.useSearch();
  const session = useSession();
  const [said, setSaid] = useState('');
  const query = useInfiniteQuery(schemesQuery(filters));
  return (
    <Page
      title="Aides et appels à projets"
      lead="Ce que les financeurs inscrits publient ici, avec leurs dates et leurs éco-conditions."
    >
      <p>
        <a href="/api/v1/network/schemes/calendar.ics">S’abonner aux échéances dans son agenda (ICS)</a>
      </p>
      <Section title="Dispositifs" intro="La clôture la plus proche d’abord.">
        <Filters filters={filters} />
        <Said>{said}</Said>
        <PagedCards
          query={query}
          keyOf={(one) => one.id}
          card={(one) => <One scheme={one} onDone={setSaid} />}
          action="Afficher plus de dispositifs"
          said={['dispositif affiché', 'dispositifs affichés']}
          empty={
            <Empty title="Aucun dispositif pour ces critères">
              <p>Les financeurs publics les publient eux-mêmes. Essayez un autre état ou d’autres mots.</p>
            </Empty>
          }
        />
      </Section>
      {query.data?.pages[0]?.may.includes('publish') && (
        <Details summary="Publier une aide ou un appel à projets">
          <SchemeForm onDone={setSaid} />
        </Details>
      )}
      {session && !session.person && <SignInFirst to="pour publier une aide ou un appel à projets." />}
    </Page>
  );
}

function Filters({ filters }: { filters: SchemeFilters }) {
  const navigate = route.useNavigate();
  const [words, setWords] = useState(filters.mots ?? '');
  const change = (part: SchemeFilters) =>
    void navigate({ search: { ...filters, ...part }, replace: true, resetScroll: false });
  return (
    <Form onSubmit={() => change({ mots: words.trim() })}>
      <div className="row">
        <Select
          name="etat"
          label="État"
          value={filters.etat ?? 'open'}
          onChange={(etat) => change({ etat: etat as NonNullable<SchemeFilters['etat']> })}
          options={CHOICES}
        />
        <Select
          name="nature"
          label="Nature du dispositif"
          value={filters.nature ?? ''}
          onChange={(nature) => change({ nature: nature as Scheme['kind'] })}
          options={[{ value: '', label: 'Toutes' }, ...KINDS]}
        />
      </div>
      <TextField name="mots" label="Mots cherchés" optional value={words} onChange={setWords} />
      <Button type="submit" className="start">
        Chercher
      </Button>
    </Form>
  );
}

function rowsOf(scheme: Scheme) {
  const dates = [
    scheme.opens_on && `Ouverture le ${longDate(scheme.opens_on)}`,
    scheme.closes_on ? `clôture le ${longDate(scheme.closes_on)}` : 'sans date de clôture',
  ].filter(Boolean);
  const link = (
    <a href={scheme.link} rel="noreferrer nofollow">
      {scheme.link}
    </a>
  );
  return [
    { term: 'Dates', value: dates.join(', ') },
    { term: 'Qui peut demander', value: scheme.eligibility },
    ...(scheme.amount ? [{ term: 'Montant', value: scheme.amount }] : []),
    ...(scheme.link ? [{ term: 'Site du financeur', value: link }] : []),
  ];
}

function One({ scheme, onDone }: { scheme: Scheme; onDone: (said: string) => void }) {
  return (
    <Card>
      <h3>{scheme.title}</h3>
      <Facts>
        <Badge tone={scheme.state === 'open' ? 'success' : 'neutral'}>{STATES[scheme.state]}</Badge>
        {scheme.fictitious && <Badge tone="warning">Exemple fictif</Badge>}
        <span>{KINDS.find((kind) => kind.value === scheme.kind)?.label}</span>
        <span>{scheme.organisation}</span>
      </Facts>
      <Paragraphs text={scheme.text} />
      <Summary rows={rowsOf(scheme)} />
      {scheme.clauses.length > 0 && (
        <>
          <h4>Éco-conditions</h4>
          <ClauseLinks clauses={scheme.clauses} />
        </>
      )}
      {(scheme.opens_on || scheme.closes_on) && (
        <p>
          <a href={`/api/v1/network/schemes/${scheme.id}/calendar.ics`} download>
            Mettre ces dates dans mon agenda (ICS)<span className="hidden"> : {scheme.title}</span>
          </a>
        </p>
      )}
      {scheme.may.includes('manage') && <Manage scheme={scheme} onDone={onDone} />}
    </Card>
  );
}

function Manage({ scheme, onDone }: { scheme: Scheme; onDone: (said: string) => void }) {
  const refresh = useRefreshNetwork();
  const [changing, setChanging] = useState(false);
  const [asking, setAsking] = useState(false);
  const form = useSubmit(
    () =>
      unwrap(
        api.DELETE('/api/v1/network/schemes/{ident}', {
          params: { path: { ident: scheme.id }, header: { 'If-Match': `"${scheme.version}"` } },
        }),
      ),
    () => {
      onDone(`« ${scheme.title} » est retiré.`);
      refresh();
    },
  );
  const done = (said: string) => {
    setChanging(false);
    onDone(said);
  };
  return (
    <>
      {form.failure && <Failure error={form.failure} />}
      <div className="row">
        <Button small about={scheme.title} pressed={changing} onClick={() => setChanging(!changing)}>
          Modifier
        </Button>
        <Button small about={scheme.title} busy={form.busy} onClick={() => setAsking(true)}>
          Retirer
        </Button>
      </div>
      {changing && <SchemeForm scheme={scheme} onDone={done} />}
      <Confirm
        open={asking}
        title="Retirer ce dispositif ?"
        action="Retirer"
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          form.submit();
        }}
      >
        <p>« {scheme.title} » disparaît de la liste et des agendas.</p>
      </Confirm>
    </>
  );
}
