import { useQuery } from '@tanstack/react-query';
import { assessmentQuery } from '../law/api';
import type { AssessedDuty } from '../api/types';
import { DutyCard } from '../law/DutyCard';
import { useStored } from '../frame/storage';
import { Button, ButtonLink } from '../ui/Button';
import { Details } from '../ui/Card';
import { Actions } from '../ui/Form';
import { Notice } from '../ui/Notice';
import { Section } from '../ui/Page';
import { Empty, Failure, Skeleton } from '../ui/State';
import { draftStore } from './draft';
import { groupDuties } from './dutyGroups';
import { useGoTo } from './moving';
import { purchaseIn } from './purchase';

const KEPT = 'La description de votre achat est conservée dans ce navigateur.';

export default function StepDuties() {
  const { purchase } = useStored(draftStore);
  const query = useQuery(assessmentQuery(purchaseIn(purchase)));
  const goTo = useGoTo();
  if (query.isPending) return <Skeleton blocks={3} lines={4} />;
  if (query.isError) return <Failure error={query.error} kept={KEPT} retry={() => void query.refetch()} />;
  const { duties, families } = query.data;
  return (
    <>
      <Families families={families} />
      {groupDuties(duties).map((group) => (
        <Section key={group.title} title={`${group.title} (${group.duties.length})`} intro={group.intro}>
          {group.folded ? (
            <Details summary={`Voir les obligations sans objet (${group.duties.length})`}>
              <DutyList duties={group.duties} />
            </Details>
          ) : (
            <DutyList duties={group.duties} />
          )}
        </Section>
      ))}
      {duties.length === 0 && <Empty title="Aucune obligation trouvée pour cet achat" />}
      <Actions>
        <Button look="primary" onClick={() => goTo('clauses')}>
          C’est compris, continuer
        </Button>
        <ButtonLink look="quiet" to="/assistant/$step" params={{ step: 'achat' }}>
          Modifier la description
        </ButtonLink>
      </Actions>
    </>
  );
}

function Families({ families }: { families: { code: string; label: string; reason: string }[] }) {
  if (!families.length) {
    return (
      <Notice tone="warning" title="Aucune famille d’achat reconnue">
        <p>
          Seules les obligations communes à tous les achats sont montrées. Vérifiez le code CPV à l’étape 1.
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="neutral" title={`Famille d’achat : ${families.map((family) => family.label).join(', ')}`}>
      {families.map((family) => (
        <p key={family.code} className="small">
          {family.reason}
        </p>
      ))}
    </Notice>
  );
}

function DutyList({ duties }: { duties: AssessedDuty[] }) {
  return (
    <ul className="plain stack">
      {duties.map((duty) => (
        <li key={duty.code}>
          <DutyCard duty={duty} />
        </li>
      ))}
    </ul>
  );
}
