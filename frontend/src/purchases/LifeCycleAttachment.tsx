import { useStored } from '../frame/storage';
import { Checkbox, CheckboxGroup } from '../ui/Choice';
import { Notice } from '../ui/Notice';
import { attachedMethod, lifeCycleStore, POSTS } from './lifeCycle';

/** Whether the RC of the file announces the life-cycle cost, and which posts it counts. */
export function LifeCycleAttachment() {
  const draft = useStored(lifeCycleStore);
  const { errors } = attachedMethod(draft);
  return (
    <div className="stack tight">
      <Checkbox
        name="joindre-cout"
        label="Joindre la méthode au règlement de la consultation de mon dossier"
        hint="Elle devient une annexe du RC, avec la période, le taux, les postes et le calcul."
        checked={draft.attached}
        onChange={(attached) => lifeCycleStore.write((old) => ({ ...old, attached }))}
      />
      {draft.attached && (
        <CheckboxGroup
          name="postes"
          label="Postes comptés, en plus de l’acquisition"
          options={POSTS}
          values={draft.posts}
          onChange={(posts) => lifeCycleStore.write((old) => ({ ...old, posts }))}
        />
      )}
      {Object.keys(errors).length > 0 && (
        <Notice tone="warning" title="La méthode n’est pas encore jointe">
          {Object.values(errors).map((sentence) => (
            <p key={sentence}>{sentence}.</p>
          ))}
        </Notice>
      )}
    </div>
  );
}
