import { useQuery } from '@tanstack/react-query';
import { vocabularyQuery } from '../library/api';
import { CheckboxGroup } from '../ui/Choice';
import { DEPARTMENTS } from '../ui/departments';
import { Select } from '../ui/Field';

interface One {
  name: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

const PLACES = DEPARTMENTS.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }));

export function DepartmentSelect({
  none = 'France entière',
  label = 'Département',
  ...field
}: One & { none?: string; label?: string }) {
  return <Select {...field} label={label} options={[{ value: '', label: none }, ...PLACES]} />;
}

export function FamilySelect({
  none = 'Toutes les familles',
  label = 'Famille d’achat',
  ...field
}: One & { none?: string; label?: string }) {
  const { data } = useQuery(vocabularyQuery);
  const families = (data?.families ?? []).filter((one) => one.code !== 'financement-public');
  const options = families.map((one) => ({ value: String(one.code), label: one.label }));
  return <Select {...field} label={label} options={[{ value: '', label: none }, ...options]} />;
}

export function LeverChoice({
  values,
  onChange,
}: {
  values: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const { data } = useQuery(vocabularyQuery);
  const options = (data?.levers ?? []).map((one) => ({ value: String(one.code), label: one.label }));
  return (
    <CheckboxGroup
      name="levers"
      label="Leviers d’économie circulaire"
      optional
      compact
      options={options}
      values={values}
      onChange={onChange}
    />
  );
}
