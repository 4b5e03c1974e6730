import { Details } from '../ui/Card';
import { Checkbox, DateField, RadioGroup } from '../ui/Choice';
import { NumberField } from '../ui/Field';
import { relevant, UNKNOWN } from './purchase';
import type { Asked } from './StepPurchase';

const PROCEDURES = [
  { value: 'adapted', label: 'Procédure adaptée (MAPA)' },
  {
    value: 'formal',
    label: 'Procédure formalisée',
    hint: 'Appel d’offres, procédure avec négociation, dialogue.',
  },
  { value: 'none', label: 'Sans publicité ni mise en concurrence' },
  { value: UNKNOWN, label: 'Je ne sais pas' },
];

/** How much, how, when. */
export function PlanQuestions({ purchase, set, errors }: Asked) {
  return (
    <>
      <div className="stack tight">
        <NumberField
          name="amount"
          label="Montant estimé hors taxes"
          hint="Pour toute la durée du marché, reconductions comprises."
          unit="€ HT"
          value={purchase.amount}
          error={errors['amount']}
          native={{ disabled: purchase.amountUnknown }}
          onChange={(amount) => set({ amount })}
        />
        <Checkbox
          name="amountUnknown"
          label="Je ne connais pas le montant"
          hint="Les obligations qui en dépendent seront montrées dans les deux cas."
          checked={purchase.amountUnknown}
          onChange={(amountUnknown) => set({ amountUnknown })}
        />
      </div>
      <RadioGroup
        name="procedure"
        label="Procédure envisagée"
        options={PROCEDURES}
        value={purchase.procedure}
        error={errors['procedure']}
        onChange={(procedure) => set({ procedure })}
      />
      <DateField
        name="launchDate"
        label="Date de lancement de la consultation"
        hint="Elle décide des règles applicables : envoi de l’avis, ou début de la consultation."
        value={purchase.launchDate}
        error={errors['launchDate']}
        onChange={(launchDate) => set({ launchDate })}
      />
    </>
  );
}

const BUYERS = [
  {
    value: 'local_authority',
    label: 'Collectivité territoriale ou groupement',
    hint: 'Commune, département, région, EPCI.',
  },
  { value: 'state', label: 'État', hint: 'Services centraux et déconcentrés.' },
  {
    value: 'public_establishment',
    label: 'Établissement public',
    hint: 'Hôpital, université, lycée, opérateur.',
  },
  {
    value: 'contracting_entity',
    label: 'Entité adjudicatrice',
    hint: 'Eau, énergie, transports, services postaux.',
  },
];

export function BuyerQuestions({ purchase, set, errors }: Asked) {
  return (
    <>
      <RadioGroup
        name="buyerKind"
        label="Vous achetez pour"
        options={BUYERS}
        value={purchase.buyerKind}
        error={errors['buyerKind']}
        onChange={(buyerKind) => set({ buyerKind })}
      />
      {relevant(purchase).population && (
        <NumberField
          name="population"
          label="Population"
          optional
          hint="Certaines obligations ne visent que les communes d’une certaine taille."
          unit="habitants"
          value={purchase.population}
          error={errors['population']}
          onChange={(population) => set({ population })}
        />
      )}
    </>
  );
}

/** Only what may change the answer for this purchase. */
export function PreciseQuestions({ purchase, set, errors }: Asked) {
  const asked = relevant(purchase);
  return (
    <>
      <NumberField
        name="durationMonths"
        label="Durée du marché"
        optional
        unit="mois"
        value={purchase.durationMonths}
        error={errors['durationMonths']}
        onChange={(durationMonths) => set({ durationMonths })}
      />
      {asked.floorArea && (
        <NumberField
          name="floorArea"
          label="Surface de plancher concernée"
          optional
          unit="m²"
          value={purchase.floorArea}
          error={errors['floorArea']}
          onChange={(floorArea) => set({ floorArea })}
        />
      )}
      {asked.fleet && (
        <NumberField
          name="fleetSize"
          label="Taille de votre parc de véhicules"
          optional
          hint="Véhicules de 3,5 tonnes ou moins."
          unit="véhicules"
          value={purchase.fleetSize}
          error={errors['fleetSize']}
          onChange={(fleetSize) => set({ fleetSize })}
        />
      )}
      <Details
        summary="Cas particuliers : gros acheteur, défense"
        open={purchase.defence || purchase.annualPurchases !== '' || Boolean(errors['annualPurchases'])}
      >
        <NumberField
          name="annualPurchases"
          label="Montant annuel de tous vos achats"
          optional
          hint="Au-delà d’un seuil, un schéma d’achats responsables (SPASER) est obligatoire."
          unit="€ HT par an"
          value={purchase.annualPurchases}
          error={errors['annualPurchases']}
          onChange={(annualPurchases) => set({ annualPurchases })}
        />
        <Checkbox
          name="defence"
          label="Marché de défense ou de sécurité"
          checked={purchase.defence}
          onChange={(defence) => set({ defence })}
        />
      </Details>
    </>
  );
}
