import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../accounts/session';
import { required, useSubmit } from '../accounts/submit';
import { api, unwrap } from '../api/client';
import { PagedCards } from '../frame/Paged';
import { useLabels } from '../library/api';
import { Button, ButtonLink } from '../ui/Button';
import { Card, Details, Facts, Summary } from '../ui/Card';
import { Contents } from '../ui/Contents';
import { departmentName } from '../ui/departments';
import { Select } from '../ui/Field';
import { Form } from '../ui/Form';
import { Page, Section } from '../ui/Page';
import { Empty, Failure, Said } from '../ui/State';
import { SignInFirst } from './AskForm';
import { Fields, useDraft } from './draft';
import { type Referent, type ReferentFilters, referentsQuery } from './peopleApi';
import { Paragraphs } from './Question';
import { spacesQuery } from './talkApi';

const route = getRouteApi('/referents');

/** People who agreed to be asked: by organisation, family, territory, space. */
export function Referents() {
  const filters = route.useSearch();
  const query = useInfiniteQuery(referentsQuery(filters));
  const first = query.data?.pages[0];
  const session = useSession();
  return (
    <Page
      title="Référents"
      lead="Des acheteurs et des animateurs qui acceptent qu’on les interroge, chacun selon la règle qu’il a donnée."
    >
      {first?.may.includes('volunteer') && (
        <Contents label="Ma place dans l’annuaire" row>
          <ButtonLink to="/referents/ma-fiche">Ma fiche de référent</ButtonLink>
        </Contents>
      )}
      {session && !session.person && (
        <SignInFirst to="pour écrire à un référent, voir ceux qui ne se montrent qu’aux membres, ou le devenir." />
      )}
      <Section title="Annuaire">
        <Filters filters={filters} facets={first?.facets} />
        <PagedCards
          query={query}
          keyOf={(one) => one.id}
          card={(one) => <One referent={one} />}
          action="Afficher plus de référents"
          said={['référent affiché', 'référents affichés']}
          empty={
            <Empty title="Aucun référent pour ces critères">
              <p>Élargissez le choix, ou posez votre question dans la communauté.</p>
            </Empty>
          }
        />
      </Section>
    </Page>
  );
}

type Facets = { code: string; label: string; count: number }[];

const choices = (none: string, facets: Facets | undefined) => [
  { value: '', label: none },
  ...(facets ?? []).map((one) => ({ value: one.code, label: `${one.label} (${one.count})` })),
];

function Filters({
  filters,
  facets,
}: {
  filters: ReferentFilters;
  facets: { families: Facets; departments: Facets; spaces: Facets; organisations: Facets } | undefined;
}) {
  const navigate = route.useNavigate();
  const pick = (name: keyof ReferentFilters) => ({
    name,
    value: filters[name] ?? '',
    onChange: (value: string) =>
      void navigate({ search: { ...filters, [name]: value }, replace: true, resetScroll: false }),
  });
  return (
    <div className="row">
      <Select
        {...pick('famille')}
        label="Famille d’achat"
        options={choices('Toutes les familles', facets?.families)}
      />
      <Select
        {...pick('departement')}
        label="Département"
        options={choices('France entière', facets?.departments)}
      />
      <Select {...pick('espace')} label="Espace" options={choices('Tous les espaces', facets?.spaces)} />
      <Select
        {...pick('organisme')}
        label="Organisme"
        options={choices('Tous les organismes', facets?.organisations)}
      />
    </div>
  );
}

function One({ referent }: { referent: Referent }) {
  const labels = useLabels();
  const spaces = useQuery(spacesQuery);
  const titles = new Map(spaces.data?.items.map((one) => [one.code, one.title]));
  return (
    <Card>
      <h3>{referent.name}</h3>
      <Facts>
        <span>{referent.organisation}</span>
        <span>
          {referent.departments.length
            ? referent.departments.map((code) => departmentName(code)).join(', ')
            : 'France entière'}
        </span>
      </Facts>
      <Paragraphs text={referent.about} />
      <Summary
        rows={[
          ...(referent.families.length
            ? [
                {
                  term: 'Familles',
                  value: referent.families.map((code) => labels('families', code)).join(', '),
                },
              ]
            : []),
          ...(referent.spaces.length
            ? [{ term: 'Espaces', value: referent.spaces.map((code) => titles.get(code) ?? code).join(', ') }]
            : []),
          { term: 'Contact', value: <Contact referent={referent} /> },
        ]}
      />
      {referent.may.includes('write') && (
        <Details
          summary={
            <>
              Écrire <span className="hidden">à {referent.name} </span>par le site
            </>
          }
        >
          <Write referent={referent} />
        </Details>
      )}
    </Card>
  );
}

const WAYS = {
  form: 'Par un message que le site transmet.',
  address: 'Par courriel.',
  spaces: 'Dans les espaces de la communauté seulement.',
} as const;

function Contact({ referent }: { referent: Referent }) {
  return (
    <>
      {referent.way === 'address' && !referent.address
        ? 'Par courriel, pour les personnes connectées.'
        : WAYS[referent.way]}{' '}
      {referent.rule} {referent.address && <a href={`mailto:${referent.address}`}>{referent.address}</a>}
    </>
  );
}

function Write({ referent }: { referent: Referent }) {
  const [said, setSaid] = useState('');
  const name = (field: string) => `${field}-${referent.id}`;
  const { draft, key, set, reset } = useDraft({ [name('subject')]: '', [name('text')]: '' });
  const form = useSubmit(
    () =>
      unwrap(
        api.POST('/api/v1/network/referents/{ident}/messages', {
          params: { path: { ident: referent.id }, header: { 'Idempotency-Key': key } },
          body: { subject: draft[name('subject')] ?? '', text: draft[name('text')] ?? '' },
        }),
      ),
    () => {
      reset();
      setSaid('Message transmis : la réponse vous viendra par courriel.');
    },
  );
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([field, sentence]) => [
      field.endsWith(`-${referent.id}`) ? field : name(field),
      sentence,
    ]),
  );
  const sentences = { [name('subject')]: 'Donnez un objet', [name('text')]: 'Écrivez votre message' };
  return (
    <Form
      errors={errors}
      attempt={form.attempt}
      onSubmit={() => {
        setSaid('');
        form.submit(required(draft, sentences));
      }}
    >
      {form.failure && <Failure error={form.failure} kept="Votre texte est conservé." />}
      <Fields
        specs={{
          [name('subject')]: { is: 'text', label: 'Objet' },
          [name('text')]: {
            is: 'area',
            label: 'Votre message',
            hint: 'Votre nom et votre adresse partent avec lui, pour la réponse.',
          },
        }}
        draft={draft}
        set={set}
        errors={errors}
      />
      <div className="row">
        <Button type="submit" busy={form.busy} about={`à ${referent.name}`}>
          Envoyer
        </Button>
        <Said>{said}</Said>
      </div>
    </Form>
  );
}
