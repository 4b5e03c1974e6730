import { getRouteApi, Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useKept, useStored } from '../frame/storage';
import { Button, ButtonLink } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Skeleton } from '../ui/State';
import { Steps } from '../ui/Steps';
import { type Draft, draftStore, EMPTY_DRAFT } from './draft';
import { openedStore } from './files/opened';
import { numberOf, type StepId, stepOf, STEPS } from './steps';

const route = getRouteApi('/assistant/$step');

const SCREENS: Record<StepId, ComponentType> = {
  achat: lazy(() => import('./StepPurchase')),
  obligations: lazy(() => import('./StepDuties')),
  clauses: lazy(() => import('./StepClauses')),
  variables: lazy(() => import('./StepVariables')),
  verification: lazy(() => import('./StepCheck')),
  documents: lazy(() => import('./StepDocuments')),
};

const SaveBar = lazy(() => import('./files/SaveBar'));
const CloseFile = lazy(() => import('./files/CloseFile'));
const Opening = lazy(() => import('./files/Opening'));

const LEADS: Record<StepId, string> = {
  achat: 'Quelques réponses suffisent : elles décident de ce que le droit vous demande.',
  obligations: 'Ce que le droit demande à cet achat, à la date de lancement que vous avez donnée.',
  clauses: 'Des clauses répondent à vos obligations. Gardez-les, retirez-les, ajoutez-en.',
  variables:
    'Chaque clause a des blancs : un taux, un délai, une pénalité. Les valeurs proposées sont prudentes.',
  verification: 'Relisez vos choix avant de produire les pièces.',
  documents: 'Choisissez les pièces, vérifiez leur plan, téléchargez-les.',
};

export function Assistant() {
  const { step } = route.useParams();
  const id = stepOf(step) ?? 'achat';
  const draft = useStored(draftStore);
  const { dossier } = route.useSearch();
  const opened = useStored(openedStore);
  const Screen = SCREENS[id];
  const ready = id === 'achat' || draft.described;
  return (
    <Page
      key={id}
      title={STEPS[numberOf(id) - 1]?.title ?? ''}
      above={<Progress here={id} draft={draft} />}
      lead={LEADS[id]}
    >
      <Storage />
      {/* The screen is drawn once the file is there: nothing is typed over another purchase. */}
      <Suspense fallback={<Skeleton lines={1} />}>
        {dossier && dossier !== opened?.id ? <Opening key={dossier} id={dossier} /> : <SaveBar />}
      </Suspense>
      {dossier && dossier !== opened?.id ? null : ready ? (
        <Suspense fallback={<Skeleton blocks={2} />}>
          <Screen />
        </Suspense>
      ) : (
        <DescribeFirst />
      )}
      <Restart />
    </Page>
  );
}

function Progress({ here, draft }: { here: StepId; draft: Draft }) {
  const reached = draft.described ? draft.reached : 1;
  const steps = STEPS.map((step, index) => ({
    ...step,
    state:
      step.id === here ? ('current' as const) : index + 1 <= reached ? ('done' as const) : ('todo' as const),
  }));
  return (
    <Steps
      steps={steps}
      link={(step) => (
        <Link to="/assistant/$step" params={{ step: step.id }}>
          {step.title}
        </Link>
      )}
    />
  );
}

function DescribeFirst() {
  return (
    <Notice tone="info" title="Décrivez d’abord votre achat">
      <p>Cette étape a besoin de savoir ce que vous achetez, pour quel montant et quand.</p>
      <ButtonLink look="primary" className="start" to="/assistant/$step" params={{ step: 'achat' }}>
        Aller à l’étape 1
      </ButtonLink>
    </Notice>
  );
}

/** Says so when the browser refuses to keep the draft. */
function Storage() {
  const kept = useKept(draftStore);
  if (kept === 'kept') return null;
  return (
    <Notice tone="warning" live title="Ce navigateur ne garde pas votre brouillon">
      <p>
        Sa mémoire est pleine ou fermée. Vous pouvez finir, mais ne fermez pas cette page avant d’avoir
        téléchargé.
      </p>
    </Notice>
  );
}

function Restart() {
  const [asking, setAsking] = useState(false);
  const navigate = route.useNavigate();
  const draft = useStored(draftStore);
  const opened = useStored(openedStore);
  const started = draft.described || draft.items.length > 0 || draft.purchase.object !== '';
  const restart = () => {
    draftStore.write(() => EMPTY_DRAFT);
    setAsking(false);
    void navigate({ to: '/assistant/$step', params: { step: 'achat' }, search: {} });
  };
  return (
    <div className="row small no-print">
      {started && !opened && (
        <Button look="quiet" small onClick={() => setAsking(true)}>
          Recommencer
        </Button>
      )}
      {opened && (
        <Suspense fallback={null}>
          <CloseFile />
        </Suspense>
      )}
      <Confirm
        open={asking}
        title="Recommencer à zéro ?"
        action="Effacer et recommencer"
        onConfirm={restart}
        onClose={() => setAsking(false)}
      >
        <p>
          La description de l’achat, les clauses choisies et leurs valeurs seront effacées de ce navigateur.
        </p>
      </Confirm>
    </div>
  );
}
