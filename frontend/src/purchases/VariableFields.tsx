import type { Clause, Variable } from '../api/types';
import { Details } from '../ui/Card';
import { Checkbox, DateField } from '../ui/Choice';
import { NumberField, Select, TextArea, TextField } from '../ui/Field';
import type { Errors } from '../ui/Form';
import { change } from './basket';
import { type BasketItem, draftStore } from './draft';
import { isNumeric, rangeOf, textOf, unitOf } from './variables';
import { asksWeight } from './weights';

const edit = (id: string, by: (item: BasketItem) => BasketItem) =>
  draftStore.write((draft) => change(draft, id, by));

interface Props {
  item: BasketItem;
  clause: Clause;
  errors: Errors;
}

export function VariableFields({ item, clause, errors }: Props) {
  const id = item.clauseId;
  return (
    <>
      {Object.entries(clause.variables).map(([name, variable]) => (
        <div key={name} className="stack tight">
          {!item.blank.includes(name) && (
            <VariableField
              name={name}
              variable={variable}
              value={textOf(variable, item.values[name])}
              error={errors[name]}
              onChange={(value) => edit(id, (old) => ({ ...old, values: { ...old.values, [name]: value } }))}
            />
          )}
          {item.blank.includes(name) && <p className="strong">{variable.label}</p>}
          <Checkbox
            name={`blanc-${name}`}
            label={
              <>
                Laisser en blanc<span className="hidden"> : {variable.label}</span>
              </>
            }
            checked={item.blank.includes(name)}
            onChange={(blank) =>
              edit(id, (old) => ({
                ...old,
                blank: blank ? [...old.blank, name] : old.blank.filter((other) => other !== name),
              }))
            }
          />
        </div>
      ))}
      {asksWeight(item, clause) && <WeightField item={item} clause={clause} errors={errors} />}
      <Details summary="Noter la raison de ce choix" open={item.reason !== ''}>
        <TextArea
          name="raison"
          label="Raison"
          optional
          hint="Pour votre dossier ; elle figure dans la fiche de preuve, pas dans les pièces."
          value={item.reason}
          native={{ maxLength: 1000 }}
          onChange={(reason) => edit(id, (old) => ({ ...old, reason }))}
        />
      </Details>
    </>
  );
}

interface FieldProps {
  name: string;
  variable: Variable;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

export function VariableField({ name, variable, value, error, onChange }: FieldProps) {
  const range = rangeOf(variable);
  const hint = [variable.help, range && `Valeur admise : ${range}.`].filter(Boolean).join(' ');
  const shared = { name, label: variable.label, hint: hint || undefined, error, value, onChange };
  if (isNumeric(variable))
    return <NumberField {...shared} unit={unitOf(variable)} optional={!variable.required} />;
  if (variable.type === 'date') return <DateField {...shared} optional={!variable.required} />;
  if (variable.type === 'choice') {
    const options = variable.choices.map((choice) => ({ value: choice, label: choice }));
    return <Select {...shared} width="full" options={[{ value: '', label: 'Choisissez' }, ...options]} />;
  }
  if (variable.max_length > 120) return <TextArea {...shared} rows={3} optional={!variable.required} />;
  return <TextField {...shared} optional={!variable.required} />;
}

function WeightField({ item, clause, errors }: Props) {
  const { scoring } = clause;
  const range = scoring ? `Conseillé : entre ${scoring.weight_min} % et ${scoring.weight_max} %.` : '';
  return (
    <NumberField
      name="poids"
      label="Poids du critère"
      hint={`${range} La charte demande au moins 10 % au titre de l’environnement.`}
      unit="%"
      value={item.weight.trim() ? item.weight : String(scoring?.weight_default ?? '')}
      error={errors['poids']}
      onChange={(weight) => edit(item.clauseId, (old) => ({ ...old, weight }))}
    />
  );
}
