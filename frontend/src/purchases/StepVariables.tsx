import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Clause } from '../api/types';
import { useStored } from '../frame/storage';
import { Button, ButtonLink } from '../ui/Button';
import { Actions, type Errors, Form } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Columns } from '../ui/Columns';
import { Empty, Failure, Skeleton } from '../ui/State';
import { change } from './basket';
import { useClauses } from './clauses';
import { type BasketItem, draftStore } from './draft';
import { useGoTo } from './moving';
import { VariableFields } from './VariableFields';
import { ClausePreview } from './ClausePreview';
import { itemErrors } from './variables';
import { asksWeight, weightError } from './weights';

const route = getRouteApi('/assistant/$step');

export default function StepVariables() {
  const { items } = useStored(draftStore);
  const { clause: wanted } = route.useSearch();
  const known = useClauses(items.map((item) => item.clauseId));
  const goTo = useGoTo();
  if (!items.length) return <NoClause />;
  if (known.error)
    return <Failure error={known.error} kept="Vos valeurs sont conservées." retry={known.retry} />;
  if (known.pending) return <Skeleton blocks={2} lines={5} />;
  const asked = items.filter((item) => hasQuestions(item, known.byId.get(item.clauseId)));
  const at = Math.max(
    0,
    asked.findIndex((item) => item.clauseId === wanted),
  );
  const item = asked[at];
  const clause = item && known.byId.get(item.clauseId);
  if (!item || !clause) {
    return (
      <>
        <Notice tone="success" title="Rien à compléter">
          <p>Aucune des clauses choisies n’a de blanc à remplir.</p>
        </Notice>
        <Button look="primary" className="start" onClick={() => goTo('verification')}>
          Continuer
        </Button>
      </>
    );
  }
  return <OneClause key={item.clauseId} item={item} clause={clause} at={at} asked={asked} />;
}

function hasQuestions(item: BasketItem, clause: Clause | undefined): boolean {
  return (
    (clause !== undefined && asksWeight(item, clause)) || Object.keys(clause?.variables ?? {}).length > 0
  );
}

function NoClause() {
  return (
    <Empty title="Aucune clause choisie">
      <p>Revenez aux clauses proposées pour en garder au moins une.</p>
      <ButtonLink look="primary" to="/assistant/$step" params={{ step: 'clauses' }}>
        Voir les clauses proposées
      </ButtonLink>
    </Empty>
  );
}

interface OneClauseProps {
  item: BasketItem;
  clause: Clause;
  at: number;
  asked: BasketItem[];
}

function useOneClause({ item, clause, at, asked }: OneClauseProps) {
  const [errors, setErrors] = useState<Errors>({});
  const [attempt, setAttempt] = useState(0);
  const navigate = route.useNavigate();
  const goTo = useGoTo();
  const next = asked[at + 1];
  const submit = () => {
    const found: Errors = itemErrors(clause.variables, item);
    const wrong = asksWeight(item, clause) && item.weight.trim() ? weightError(item.weight) : undefined;
    if (wrong) found['poids'] = wrong;
    setErrors(found);
    if (Object.keys(found).length) setAttempt((n) => n + 1);
    else if (next) void navigate({ search: { clause: next.clauseId } });
    else goTo('verification');
  };
  return { errors, attempt, next, submit };
}

function OneClause(props: OneClauseProps) {
  const arrived = Boolean(route.useSearch().clause);
  const { item, clause, at, asked } = props;
  const { errors, attempt, next, submit } = useOneClause(props);
  const before = asked[at - 1];
  return (
    <Section
      title={clause.title}
      arrive={arrived}
      intro={`Clause ${at + 1} sur ${asked.length}, ${clause.id}`}
    >
      <NewVersion item={item} clause={clause} />
      <Columns
        main={
          <Form onSubmit={submit} errors={errors} attempt={attempt}>
            <VariableFields item={item} clause={clause} errors={errors} />
            <Actions>
              <Button look="primary" type="submit">
                {next ? 'Clause suivante' : 'Vérifier'}
              </Button>
              {before && (
                <ButtonLink
                  look="quiet"
                  to="/assistant/$step"
                  params={{ step: 'variables' }}
                  search={{ clause: before.clauseId }}
                >
                  Clause précédente
                </ButtonLink>
              )}
            </Actions>
          </Form>
        }
        side={<ClausePreview item={item} clause={clause} />}
      />
    </Section>
  );
}

/** The text changed since it was chosen: the values may not mean the same any more. */
function NewVersion({ item, clause }: { item: BasketItem; clause: Clause }) {
  if (item.version === null || item.version === clause.version) return null;
  const accept = () =>
    draftStore.write((draft) => change(draft, item.clauseId, (old) => ({ ...old, version: clause.version })));
  return (
    <Notice tone="warning" title="Cette clause a changé depuis que vous l’avez choisie">
      <p>
        Vous aviez la version {item.version} ; la version {clause.version} la remplace. Relisez-la avant de
        continuer.
      </p>
      <Button small className="start" onClick={accept}>
        J’ai relu la nouvelle version
      </Button>
    </Notice>
  );
}
