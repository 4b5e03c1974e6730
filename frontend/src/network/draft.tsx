import { useState } from 'react';
import { newKey } from '../api/client';
import { Checkbox, CheckboxGroup, type CountedOption, DateField } from '../ui/Choice';
import { NumberField, type Option, Select, TextArea, TextField } from '../ui/Field';
import type { Errors } from '../ui/Form';

type Value = string | boolean | string[];
export type Draft = Record<string, Value>;

/** What is typed, and the key of its one sending: another text is another demand. */
export function useDraft<D extends object>(first: D) {
  const [draft, setDraft] = useState(first);
  const [key, setKey] = useState(newKey);
  const change = (next: D) => {
    setDraft(next);
    setKey(newKey());
  };
  return {
    draft,
    key,
    set: (part: Partial<D>) => change({ ...draft, ...part }),
    reset: () => change(first),
  };
}

interface Common {
  label: string;
  hint?: string;
  optional?: boolean;
}
export type Spec =
  | (Common & { is: 'text' | 'number'; width?: 'full' | 'medium' | 'short' })
  | (Common & { is: 'area'; rows?: number })
  | (Common & { is: 'date' })
  | (Common & { is: 'select'; options: readonly Option[] })
  | (Common & { is: 'several'; options: readonly CountedOption[] })
  | (Common & { is: 'yes' });

/** The sentence of a field: its own, or that of one of the values that it holds (« families/2 »). */
const saidOf = (errors: Errors, name: string) =>
  errors[name] ?? Object.entries(errors).find(([place]) => place.startsWith(`${name}/`))?.[1];

/** Fields told as data: the same draft, the same errors, one way to draw each kind. */
export function Fields<D extends object>({
  specs,
  draft,
  set,
  errors,
}: {
  specs: { [Name in keyof D]?: Spec };
  draft: D;
  set: (change: Partial<D>) => void;
  errors: Errors;
}) {
  return (
    <>
      {(Object.entries(specs) as [keyof D & string, Spec][]).map(([name, spec]) => (
        <One
          key={name}
          name={name}
          spec={spec}
          value={draft[name] as Value}
          error={saidOf(errors, name)}
          onChange={(value) => set({ [name]: value } as Partial<D>)}
        />
      ))}
    </>
  );
}

function One({
  name,
  spec,
  value,
  error,
  onChange,
}: {
  name: string;
  spec: Spec;
  value: Value;
  error: string | undefined;
  onChange: (value: Value) => void;
}) {
  const { label, hint, optional } = spec;
  const field = { name, label, error, ...(hint ? { hint } : {}), ...(optional ? { optional } : {}) };
  const text = { ...field, value: String(value), onChange };
  if (spec.is === 'yes')
    return (
      <Checkbox
        name={name}
        label={label}
        {...(hint ? { hint } : {})}
        checked={Boolean(value)}
        onChange={onChange}
      />
    );
  if (spec.is === 'several')
    return (
      <CheckboxGroup
        {...field}
        compact
        options={spec.options}
        values={value as string[]}
        onChange={onChange}
      />
    );
  if (spec.is === 'select') return <Select {...text} options={spec.options} />;
  if (spec.is === 'date') return <DateField {...text} />;
  if (spec.is === 'area') return <TextArea {...text} rows={spec.rows ?? 4} />;
  if (spec.is === 'number') return <NumberField {...text} width={spec.width ?? 'short'} />;
  return <TextField {...text} width={spec.width ?? 'full'} />;
}
