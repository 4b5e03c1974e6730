import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Recommendations } from '../api/types';
import { count } from '../frame/french';
import { useStored } from '../frame/storage';
import { Button, ButtonLink } from '../ui/Button';
import { RadioGroup } from '../ui/Choice';
import { Actions } from '../ui/Form';
import { Section } from '../ui/Page';
import { Empty, Failure, Skeleton, Status } from '../ui/State';
import { recommendationsQuery } from './api';
import { applyProposals, type Proposal } from './basket';
import { draftStore } from './draft';
import { useGoTo } from './moving';
import { OtherClauses, Proposals } from './Proposals';
import { LeverBars } from './LeverBars';
import { purchaseIn } from './purchase';
import { Warnings } from './Selection';

const AMBITIONS = [
  { value: '1', label: 'Socle', hint: 'Répondre au droit, avec des clauses éprouvées.' },
  { value: '2', label: 'Avancé', hint: 'Aller plus loin là où l’offre existe.' },
  { value: '3', label: 'Pionnier', hint: 'Viser haut ; un sourçage s’impose avant.' },
];

export default function StepClauses() {
  const draft = useStored(draftStore);
  const query = useQuery(recommendationsQuery(purchaseIn(draft.purchase), draft.ambition));
  const goTo = useGoTo();
  useProposals(query.isPlaceholderData ? undefined : query.data);
  const setAmbition = (value: string) =>
    draftStore.write((before) => ({ ...before, ambition: Number(value) as 1 | 2 | 3 }));
  return (
    <>
      <RadioGroup
        name="ambition"
        label="Votre ambition"
        look="cards"
        options={AMBITIONS}
        value={String(draft.ambition)}
        onChange={setAmbition}
      />
      {query.isPending && <Skeleton blocks={3} lines={4} />}
      {query.isError && (
        <Failure
          error={query.error}
          kept="Votre description et votre sélection sont conservées."
          retry={() => void query.refetch()}
        />
      )}
      {query.data && <Proposed data={query.data} />}
      <Actions>
        <Button look="primary" onClick={() => goTo('variables')}>
          {draft.items.length ? `Garder ces ${count(draft.items.length, 'clause')}` : 'Continuer sans clause'}
        </Button>
        <ButtonLink look="quiet" to="/assistant/$step" params={{ step: 'obligations' }}>
          Revenir aux obligations
        </ButtonLink>
      </Actions>
    </>
  );
}

/** Puts the preselected clauses in the basket when a new answer comes. */
function useProposals(data: Recommendations | undefined) {
  useEffect(() => {
    if (!data) return;
    const proposals = data.items.map(({ clause, preselected, piece }): Proposal => ({
      id: clause.id,
      version: clause.version,
      title: clause.title,
      kind: clause.kind,
      piece,
      preselected,
    }));
    if (applyProposals(draftStore.read(), proposals) !== draftStore.read())
      draftStore.write((draft) => applyProposals(draft, proposals));
  }, [data]);
}

function Proposed({ data }: { data: Recommendations }) {
  const { items } = useStored(draftStore);
  if (!data.items.length) {
    return (
      <Empty title="Aucune clause n’est proposée pour cet achat">
        <p>Vérifiez le code CPV à l’étape 1, ou choisissez vous-même dans la bibliothèque.</p>
        <ButtonLink to="/clauses">Parcourir la bibliothèque</ButtonLink>
      </Empty>
    );
  }
  return (
    <>
      <Status>
        <strong>{count(items.length, 'clause choisie', 'clauses choisies')}</strong>, {data.items.length}{' '}
        proposées.
      </Status>
      <Warnings items={items} />
      <Proposals data={data} />
      <OtherClauses data={data} />
      <Section title="Votre choix par levier">
        <LeverBars data={data} />
      </Section>
    </>
  );
}
