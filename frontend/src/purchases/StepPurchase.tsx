import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useStored } from '../frame/storage';
import { cpvQuery } from '../library/api';
import { Button } from '../ui/Button';
import { Actions, type Errors, Form } from '../ui/Form';
import { draftStore, type PurchaseDraft } from './draft';
import { useGoTo } from './moving';
import { ObjectQuestion } from './ObjectQuestion';
import { natureOf, purchaseErrors } from './purchase';
import { BuyerQuestions, PlanQuestions, PreciseQuestions } from './PurchaseQuestions';
import { WhatQuestions } from './WhatQuestions';

const route = getRouteApi('/assistant/$step');

export interface Asked {
  purchase: PurchaseDraft;
  set: (change: Partial<PurchaseDraft>) => void;
  errors: Errors;
}

function setPurchase(change: Partial<PurchaseDraft>) {
  draftStore.write((draft) => ({ ...draft, purchase: { ...draft.purchase, ...change } }));
}

/** What the home page knew already, put in the draft once, then taken out of the address. */
function usePrefill() {
  const { objet, cpv, famille } = route.useSearch();
  const navigate = route.useNavigate();
  const named = useQuery({ ...cpvQuery(cpv ?? ''), enabled: Boolean(cpv) });
  const done = useRef(false);
  const waiting = Boolean(cpv) && named.isPending;
  useEffect(() => {
    if (done.current || waiting || !(objet || cpv || famille)) return;
    done.current = true;
    const found = named.data?.items.find((entry) => entry.code.startsWith(cpv ?? '-'));
    setPurchase({
      ...(objet ? { object: objet } : found ? { object: found.label } : {}),
      ...(found
        ? { cpv: [{ code: found.code.slice(0, 8), label: found.label }], nature: natureOf(found.code) }
        : {}),
      ...(famille ? { families: [famille] } : {}),
    });
    void navigate({ search: {}, replace: true });
  }, [objet, cpv, famille, waiting, named.data, navigate]);
}

export default function StepPurchase() {
  const { purchase } = useStored(draftStore);
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const goTo = useGoTo();
  usePrefill();
  const submit = () => {
    const found = purchaseErrors(draftStore.read().purchase);
    setErrors(found);
    setAttempt((n) => n + 1);
    if (Object.keys(found).length) return;
    draftStore.write((draft) => ({ ...draft, described: true }));
    goTo('obligations');
  };
  const asked: Asked = { purchase, set: setPurchase, errors };
  return (
    <Form onSubmit={submit} errors={errors} attempt={Object.keys(errors).length ? attempt : 0}>
      <ObjectQuestion {...asked} />
      <WhatQuestions {...asked} />
      <PlanQuestions {...asked} />
      <BuyerQuestions {...asked} />
      <PreciseQuestions {...asked} />
      <Actions>
        <Button look="primary" type="submit">
          Continuer
        </Button>
      </Actions>
    </Form>
  );
}
