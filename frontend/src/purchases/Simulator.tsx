import { useQuery } from '@tanstack/react-query';
import { useSettled } from '../frame/debounce';
import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import { Box, Details } from '../ui/Card';
import { Checkbox } from '../ui/Choice';
import { NumberField, Select, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Incomplete } from './Incomplete';
import { focusHeading, Page, Section } from '../ui/Page';
import { SimulationResult } from './SimulationResult';
import {
  addCriterion,
  addOffer,
  asked,
  type CriterionDraft,
  EXAMPLE,
  offerField,
  type OfferDraft,
  removeCriterion,
  setCriterion,
  setOffer,
  type SimulatorDraft,
  simulatorStore,
  USUAL_STEPS,
} from './simulator';
import { formulasQuery } from './toolsApi';

const write = (change: (draft: SimulatorDraft) => SimulatorDraft) => simulatorStore.write(change);

const FORMULAS = [
  { value: 'proportional_less', label: 'Proportionnelle, moins est mieux (prix, poids, CO2)' },
  { value: 'proportional_more', label: 'Proportionnelle, plus est mieux (années, part, taux)' },
  { value: 'steps', label: 'Par paliers publiés' },
  { value: 'given', label: 'Note sur 10 donnée par vous' },
];

export function Simulator() {
  const draft = useStored(simulatorStore);
  const { body, errors, missing } = asked(draft);
  return (
    <Page
      title="Simuler le classement des offres"
      crumbs={[{ label: 'Outils', link: { to: '/outils' } }]}
      lead="Imaginez deux à cinq offres : vous verrez si votre critère environnemental départage, et à partir de quel poids."
    >
      <Section title="Vos critères" intro="Les poids font 100 % en tout. Chaque note est sur 10.">
        <div className="stack">
          {draft.criteria.map((one, at) => (
            // A criterion has no other identity than its place.
            // oxlint-disable-next-line react/no-array-index-key
            <Criterion key={at} one={one} at={at} errors={errors} removable={draft.criteria.length > 2} />
          ))}
        </div>
        <div className="row no-print">
          <Button small onClick={() => write(addCriterion)} off={draft.criteria.length >= 12}>
            <Icon name="plus" /> Ajouter un critère
          </Button>
          <Button
            small
            look="quiet"
            onClick={() => {
              write(() => EXAMPLE);
              focusHeading();
            }}
          >
            Revenir à l’exemple
          </Button>
        </div>
      </Section>
      <Section
        title="Vos offres imaginaires"
        intro="Des valeurs plausibles suffisent : rien n’est enregistré sur le serveur."
      >
        <div className="grid">
          {draft.offers.map((offer, at) => (
            // oxlint-disable-next-line react/no-array-index-key
            <Offer key={at} offer={offer} at={at} draft={draft} errors={errors} />
          ))}
        </div>
        <Button
          small
          className="start no-print"
          onClick={() => write(addOffer)}
          off={draft.offers.length >= 5}
        >
          <Icon name="plus" /> Ajouter une offre
        </Button>
      </Section>
      <Section title="Ce que cela donne" id="resultat">
        {body ? <Result body={body} /> : <Incomplete sentences={[...missing, ...Object.values(errors)]} />}
      </Section>
      <Method />
    </Page>
  );
}

function Result({ body }: { body: NonNullable<ReturnType<typeof asked>['body']> }) {
  const settled = useSettled(body, 250);
  return <SimulationResult body={settled} />;
}

interface CriterionProps {
  one: CriterionDraft;
  at: number;
  errors: Record<string, string>;
  removable: boolean;
}

function Criterion({ one, at, errors, removable }: CriterionProps) {
  const edit = (change: Partial<CriterionDraft>) => write((draft) => setCriterion(draft, at, change));
  const choose = (formula: string) => {
    const found = FORMULAS.find((entry) => entry.value === formula)?.value as CriterionDraft['formula'];
    edit({ formula: found, steps: found === 'steps' && !one.steps.length ? USUAL_STEPS : one.steps });
  };
  return (
    <Box>
      <div className="fields">
        <TextField
          name={`critere-${at}`}
          label={`Critère ${at + 1}`}
          value={one.label}
          error={errors[`critere-${at}`]}
          native={{ maxLength: 200 }}
          onChange={(label) => edit({ label })}
        />
        <NumberField
          name={`poids-${at}`}
          label={`Poids du critère ${at + 1}`}
          unit="%"
          value={one.weight}
          error={errors[`poids-${at}`]}
          onChange={(weight) => edit({ weight })}
        />
        <Select
          name={`formule-${at}`}
          label={`Formule du critère ${at + 1}`}
          width="full"
          options={FORMULAS}
          value={one.formula}
          onChange={choose}
        />
      </div>
      {one.formula === 'steps' && <Steps one={one} at={at} errors={errors} edit={edit} />}
      <div className="row ends">
        <Checkbox
          name={`environnement-${at}`}
          label={
            <>
              Critère environnemental<span className="hidden"> : {one.label || `critère ${at + 1}`}</span>
            </>
          }
          checked={one.environmental}
          onChange={(environmental) => edit({ environmental })}
        />
        {removable && (
          <Button
            small
            look="quiet"
            className="no-print"
            about={`le critère ${one.label || at + 1}`}
            onClick={() => {
              write((draft) => removeCriterion(draft, at));
              focusHeading();
            }}
          >
            Retirer
          </Button>
        )}
      </div>
    </Box>
  );
}

function Steps({
  one,
  at,
  errors,
  edit,
}: Omit<CriterionProps, 'removable'> & { edit: (change: Partial<CriterionDraft>) => void }) {
  const set = (rung: number, change: Partial<CriterionDraft['steps'][number]>) =>
    edit({ steps: one.steps.map((step, place) => (place === rung ? { ...step, ...change } : step)) });
  return (
    <Details summary="Le barème par paliers" open>
      {one.steps.map((step, rung) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={rung} className="row">
          <NumberField
            name={`palier-${at}-${rung}`}
            label={`Palier ${rung + 1}, à partir de`}
            value={step.from}
            error={errors[`palier-${at}-${rung}`]}
            onChange={(from) => set(rung, { from })}
          />
          <NumberField
            name={`note-${at}-${rung}`}
            label={`Note du palier ${rung + 1}`}
            unit="/ 10"
            value={step.mark}
            error={errors[`note-${at}-${rung}`]}
            onChange={(mark) => set(rung, { mark })}
          />
        </div>
      ))}
      <div className="row no-print">
        <Button small onClick={() => edit({ steps: [...one.steps, { from: '', mark: '' }] })}>
          <Icon name="plus" /> Ajouter un palier
        </Button>
        {one.steps.length > 2 && (
          <Button small look="quiet" onClick={() => edit({ steps: one.steps.slice(0, -1) })}>
            Retirer le dernier palier
          </Button>
        )}
      </div>
    </Details>
  );
}

interface OfferProps {
  offer: OfferDraft;
  at: number;
  draft: SimulatorDraft;
  errors: Record<string, string>;
}

function Offer({ offer, at, draft, errors }: OfferProps) {
  const edit = (change: Partial<OfferDraft>) => write((all) => setOffer(all, at, change));
  return (
    <Box sunken label={offer.name || `Offre ${at + 1}`}>
      <TextField
        name={`offre-${at}`}
        label={`Nom de l’offre ${at + 1}`}
        value={offer.name}
        error={errors[`offre-${at}`]}
        native={{ maxLength: 200 }}
        onChange={(name) => edit({ name })}
      />
      {draft.criteria.map((criterion, place) => (
        <NumberField
          key={offerField(at, place)}
          name={offerField(at, place)}
          label={`${criterion.label || `Critère ${place + 1}`}${criterion.formula === 'given' ? ', note' : ''}`}
          unit={criterion.formula === 'given' ? '/ 10' : ''}
          value={offer.values[place] ?? ''}
          error={errors[offerField(at, place)]}
          onChange={(value) => edit({ values: offer.values.map((old, i) => (i === place ? value : old)) })}
        />
      ))}
      {draft.offers.length > 2 && (
        <Button
          small
          look="quiet"
          className="start no-print"
          about={offer.name || `l’offre ${at + 1}`}
          onClick={() => {
            write((all) => ({ ...all, offers: all.offers.filter((_, i) => i !== at) }));
            focusHeading();
          }}
        >
          Retirer
        </Button>
      )}
    </Box>
  );
}

function Method() {
  const { data } = useQuery(formulasQuery);
  if (!data) return null;
  return (
    <Section title="Les trois formules, avec un exemple">
      <dl className="prose">
        {data.items.map((formula) => (
          <div key={formula.code} className="stack tight">
            <dt className="strong">{formula.label}</dt>
            <dd>{formula.explanation}</dd>
            <dd className="soft">{formula.example}</dd>
          </div>
        ))}
      </dl>
      <h3>Arrondis et égalités</h3>
      <ul className="bullets measure">
        {data.method.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  );
}
