import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSettled } from '../frame/debounce';
import { euros, isoDate, longDate, parseNumber } from '../frame/french';
import { useStored } from '../frame/storage';
import { useLabels } from '../library/api';
import { Button } from '../ui/Button';
import { Summary } from '../ui/Card';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Failure, Skeleton, Status } from '../ui/State';
import { checkQuery } from './api';
import { checkBody } from './bodies';
import { useClauses } from './clauses';
import { ChosenClauses } from './ChosenClauses';
import { draftStore, type PurchaseDraft } from './draft';
import { Findings } from './Findings';
import { Modify } from './Modify';
import { useGoTo } from './moving';
import { UNKNOWN } from './purchase';
import { WeightsSection } from './WeightsSection';

const BasketDepth = lazy(() => import('../market/DepthPanel').then((m) => ({ default: m.BasketDepth })));

export default function StepCheck() {
  const draft = useStored(draftStore);
  const known = useClauses(draft.items.map((item) => item.clauseId));
  const goTo = useGoTo();
  return (
    <>
      <Section title="Ce que dit la vérification">
        {known.error ? (
          <Failure error={known.error} kept="Votre dossier est conservé." retry={known.retry} />
        ) : known.pending && draft.items.length > 0 ? (
          <Skeleton blocks={2} />
        ) : (
          <Check known={known} />
        )}
      </Section>
      <WeightsSection clauses={known.byId} />
      <Section title="Votre achat" actions={<Modify step="achat" about="la description de l’achat" />}>
        <PurchaseSummary purchase={draft.purchase} />
      </Section>
      <Section title="Vos clauses" actions={<Modify step="clauses" about="les clauses choisies" />}>
        <ChosenClauses items={draft.items} clauses={known.byId} />
      </Section>
      <Suspense fallback={null}>
        <BasketDepth items={draft.items.map((item) => ({ clause: item.clauseId }))} />
      </Suspense>
      <Actions>
        <Button look="primary" onClick={() => goTo('documents')}>
          Préparer les pièces
        </Button>
      </Actions>
    </>
  );
}

function Check({ known }: { known: ReturnType<typeof useClauses> }) {
  const draft = useStored(draftStore);
  const body = useSettled(checkBody(draft, known.byId));
  const query = useQuery(checkQuery(body));
  if (query.isPending) return <Skeleton blocks={2} />;
  if (query.isError)
    return (
      <Failure error={query.error} kept="Votre dossier est conservé." retry={() => void query.refetch()} />
    );
  const { findings, summary } = query.data;
  return (
    <>
      <Status>
        <span className="lead">{summary.sentence}</span>
      </Status>
      <Findings findings={findings} />
      {findings.length === 0 && <Notice tone="success" title="Rien à signaler" />}
    </>
  );
}

function PurchaseSummary({ purchase }: { purchase: PurchaseDraft }) {
  const label = useLabels();
  const coded = (list: 'natures' | 'buyers', code: string) =>
    code && code !== UNKNOWN ? label(list, code) : 'Non renseigné';
  const amount = parseNumber(purchase.amount);
  const rows = [
    { term: 'Objet', value: purchase.object },
    {
      term: 'Codes CPV',
      value: purchase.cpv.map((c) => `${c.code} ${c.label}`).join(' ; ') || 'Non renseigné',
    },
    { term: 'Nature', value: coded('natures', purchase.nature) },
    {
      term: 'Montant estimé',
      value: purchase.amountUnknown || amount === null ? 'Non connu' : `${euros(amount)} hors taxes`,
    },
    { term: 'Procédure', value: PROCEDURES[purchase.procedure] ?? 'Non renseigné' },
    { term: 'Lancement', value: longDate(isoDate(purchase.launchDate) ?? '') },
    { term: 'Acheteur', value: coded('buyers', purchase.buyerKind) },
    { term: 'Durée', value: purchase.durationMonths ? `${purchase.durationMonths} mois` : 'Non renseigné' },
  ];
  return <Summary rows={rows} />;
}

const PROCEDURES: Record<string, string> = {
  adapted: 'Procédure adaptée',
  formal: 'Procédure formalisée',
  none: 'Sans publicité ni mise en concurrence',
};
