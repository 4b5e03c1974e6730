import { useQuery } from '@tanstack/react-query';
import { useSettled } from '../frame/debounce';
import { count, euros } from '../frame/french';
import { useStored } from '../frame/storage';
import type { LifeCycleBody, LifeCycleCost } from '../api/types';
import { Table } from '../ui/Table';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { NumberField, TextArea, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { focusHeading, Page, Section } from '../ui/Page';
import { Skeleton, Status } from '../ui/State';
import { LifeCycleAttachment } from './LifeCycleAttachment';
import {
  addCosts,
  askedCosts,
  costField,
  type CostsDraft,
  EMPTY,
  type LifeCycleDraft,
  lifeCycleStore,
  setCosts,
  typedErrors,
} from './lifeCycle';
import { Refused } from './SimulationResult';
import { Incomplete } from './Incomplete';
import { lifeCycleQuery } from './toolsApi';

const write = (change: Partial<LifeCycleDraft>) => lifeCycleStore.write((draft) => ({ ...draft, ...change }));

export function LifeCycle() {
  const draft = useStored(lifeCycleStore);
  const { body, errors } = askedCosts(draft);
  const started = draft.offers.some((offer) => offer.acquisition.trim());
  const shown = started ? typedErrors(errors, draft) : {};
  return (
    <Page
      title="Calculer le coût du cycle de vie"
      crumbs={[{ label: 'Outils', link: { to: '/outils' } }]}
      lead="Acheter, utiliser, entretenir, finir : comparez ce que chaque offre coûte vraiment, sur la même durée."
    >
      <Section title="La période et le taux">
        <div className="fields">
          <NumberField
            name="periode"
            label="Période d’étude"
            unit="ans"
            hint="La même pour toutes les offres."
            value={draft.period}
            error={shown['periode']}
            onChange={(period) => write({ period })}
          />
          <NumberField
            name="taux"
            label="Taux d’actualisation"
            unit="% par an"
            hint="Celui de votre service financier. Aucun taux n’est proposé ; 0 : sans actualisation."
            value={draft.rate}
            error={shown['taux']}
            onChange={(rate) => write({ rate })}
          />
        </div>
      </Section>
      <Section
        title="Les offres"
        intro="En euros hors taxes, pour la quantité entière. Un champ vide compte pour zéro, sauf l’achat."
      >
        <div className="grid">
          {draft.offers.map((offer, at) => (
            // An offer has no other identity than its place.
            // oxlint-disable-next-line react/no-array-index-key
            <Offer key={at} offer={offer} at={at} errors={shown} removable={draft.offers.length > 1} />
          ))}
        </div>
        <Button
          small
          className="start no-print"
          off={draft.offers.length >= 5}
          onClick={() => lifeCycleStore.write(addCosts)}
        >
          <Icon name="plus" /> Ajouter une offre
        </Button>
        <TextArea
          name="externalites"
          label="Méthode de chiffrage des externalités"
          hint="À remplir si une offre a des externalités : grandeur mesurée, prix unitaire, source."
          optional
          value={draft.externalitiesMethod}
          error={shown['externalites']}
          native={{ maxLength: 2000 }}
          onChange={(externalitiesMethod) => write({ externalitiesMethod })}
        />
      </Section>
      <Section title="Ce que cela donne">
        {body ? (
          <Result body={body} />
        ) : started ? (
          <Incomplete sentences={Object.values(errors)} />
        ) : (
          <p className="soft">Donnez la période, le taux et le prix d’achat de chaque offre.</p>
        )}
      </Section>
      <Section
        title="Publier la méthode"
        intro="Si vous jugez les offres sur ce coût, la méthode se publie avec la consultation."
      >
        <LifeCycleAttachment />
      </Section>
      <Button
        small
        look="quiet"
        className="start no-print"
        onClick={() => {
          lifeCycleStore.write(() => EMPTY);
          focusHeading();
        }}
      >
        Tout effacer
      </Button>
    </Page>
  );
}

const FIELDS: { name: Exclude<keyof CostsDraft, 'name'>; label: string; unit: string; hint?: string }[] = [
  { name: 'acquisition', label: 'Acquisition', unit: '€', hint: 'Livraison et mise en service comprises.' },
  { name: 'use', label: 'Utilisation', unit: '€ par an', hint: 'Énergie, eau, consommables.' },
  { name: 'maintenance', label: 'Maintenance', unit: '€ par an' },
  { name: 'endOfLife', label: 'Fin de vie', unit: '€', hint: 'Négatif si la reprise rapporte : -500.' },
  { name: 'externalities', label: 'Externalités', unit: '€ par an' },
  { name: 'lifetime', label: 'Durée de vie', unit: 'ans', hint: 'Vide : toute la période.' },
];

function Offer({
  offer,
  at,
  errors,
  removable,
}: {
  offer: CostsDraft;
  at: number;
  errors: Record<string, string>;
  removable: boolean;
}) {
  const edit = (change: Partial<CostsDraft>) => lifeCycleStore.write((draft) => setCosts(draft, at, change));
  return (
    <Box sunken label={offer.name || `Offre ${at + 1}`}>
      <TextField
        name={costField(at, 'name')}
        label={`Nom de l’offre ${at + 1}`}
        value={offer.name}
        error={errors[costField(at, 'name')]}
        native={{ maxLength: 200 }}
        onChange={(name) => edit({ name })}
      />
      {FIELDS.map(({ name, ...field }) => (
        <NumberField
          key={name}
          {...field}
          name={costField(at, name)}
          value={offer[name]}
          error={errors[costField(at, name)]}
          onChange={(value) => edit({ [name]: value })}
        />
      ))}
      {removable && (
        <Button
          small
          look="quiet"
          className="start no-print"
          about={offer.name || `l’offre ${at + 1}`}
          onClick={() => {
            lifeCycleStore.write((draft) => ({ ...draft, offers: draft.offers.filter((_, i) => i !== at) }));
            focusHeading();
          }}
        >
          Retirer
        </Button>
      )}
    </Box>
  );
}

function Result({ body }: { body: LifeCycleBody }) {
  const query = useQuery(lifeCycleQuery(useSettled(body, 250)));
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <Refused error={query.error} retry={() => void query.refetch()} />;
  return <Shown made={query.data} />;
}

const POSTS = [
  ['acquisition', 'Acquisition'],
  ['use', 'Utilisation'],
  ['maintenance', 'Maintenance'],
  ['end_of_life', 'Fin de vie'],
  ['externalities', 'Externalités'],
] as const;

function Shown({ made }: { made: LifeCycleCost }) {
  const ranked = [...made.offers].sort((a, b) => a.rank - b.rank);
  return (
    <div className="stack loose">
      <Status>
        <span className="lead">{made.sentence}</span>
      </Status>
      <Table
        caption="Coût du cycle de vie par offre"
        head={['Offre', 'Rang', 'Coût total', 'Par an', ...POSTS.map(([, label]) => label), 'Achats']}
        rows={ranked.map((offer) => [
          offer.name,
          offer.rank === 1 ? '1er' : `${offer.rank}e`,
          euros(offer.total),
          euros(offer.per_year),
          ...POSTS.map(([post]) => euros(offer.posts[post] ?? 0)),
          count(offer.purchases, 'fois', 'fois'),
        ])}
      />
      <Details summary="Voir les dépenses année par année">
        <Table
          caption="Dépenses actualisées par année"
          head={['Année', ...made.offers.map((offer) => offer.name)]}
          rows={(made.offers[0]?.years ?? []).map((year, at) => [
            year.year === 0 ? 'Achat' : `Année ${year.year}`,
            ...made.offers.map((offer) => euros(offer.years[at]?.present ?? 0)),
          ])}
        />
      </Details>
      <Details summary="La méthode de calcul et ses textes">
        <ul className="bullets">
          {[...made.method, ...made.legal].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Details>
      <Button small className="start no-print" onClick={() => window.print()}>
        Imprimer le calcul
      </Button>
    </div>
  );
}
