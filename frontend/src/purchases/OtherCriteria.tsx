import { useStored } from '../frame/storage';
import { Button } from '../ui/Button';
import { Details } from '../ui/Card';
import { NumberField, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { type Criterion, draftStore } from './draft';

const setCriteria = (criteria: Criterion[]) => draftStore.write((draft) => ({ ...draft, criteria }));

/** The buyer's own criteria, from the proposed sharing on. */
export function OtherCriteria({ proposed }: { proposed: Criterion[] }) {
  const { criteria } = useStored(draftStore);
  const shown = criteria.length ? criteria : proposed;
  const edit = (index: number, change: Partial<Criterion>) =>
    setCriteria(shown.map((criterion, at) => (at === index ? { ...criterion, ...change } : criterion)));
  return (
    <Details summary="Modifier le prix et les autres critères" open={criteria.length > 0}>
      {shown.map((criterion, index) => (
        // The rows have no other identity than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="row">
          <TextField
            name={`critere-${index}`}
            label={`Critère ${index + 1}`}
            value={criterion.label}
            native={{ maxLength: 300 }}
            onChange={(label) => edit(index, { label })}
          />
          <NumberField
            name={`poids-${index}`}
            label={`Poids ${index + 1}`}
            unit="%"
            value={criterion.weight}
            onChange={(weight) => edit(index, { weight })}
          />
          <Button
            small
            look="quiet"
            about={`le critère ${criterion.label || index + 1}`}
            onClick={() => setCriteria(shown.filter((_, at) => at !== index))}
          >
            Retirer
          </Button>
        </div>
      ))}
      <div className="row">
        <Button small onClick={() => setCriteria([...shown, { label: '', weight: '' }])}>
          <Icon name="plus" /> Ajouter un critère
        </Button>
        {criteria.length > 0 && (
          <Button small look="quiet" onClick={() => setCriteria([])}>
            Revenir au partage proposé
          </Button>
        )}
      </div>
    </Details>
  );
}
