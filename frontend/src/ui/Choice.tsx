import type { ReactNode } from 'react';
import { describedBy, FieldError, fieldId, type FieldProps, Hint, type Option } from './Field';
import css from './Field.module.css';

interface GroupProps extends Omit<FieldProps, 'children'> {
  look?: 'list' | 'inline' | 'cards';
  /** The heading around already says it. */
  hideLabel?: boolean;
  children: ReactNode;
}

function Group({ name, label, hint, error, optional, look = 'list', hideLabel, children }: GroupProps) {
  return (
    <fieldset
      id={fieldId(name)}
      tabIndex={-1}
      className={error ? `${css.field} ${css.wrong}` : css.field}
      aria-describedby={describedBy(name, hint, error)}
    >
      <legend className={hideLabel ? 'hidden' : css.legend}>
        {label}
        {optional && <span className={css.optional}> (facultatif)</span>}
      </legend>
      {hint && <Hint name={name}>{hint}</Hint>}
      {error && <FieldError name={name}>{error}</FieldError>}
      <div
        className={[css.options, look === 'inline' ? css.inline : '', look === 'cards' ? css.cards : ''].join(
          ' ',
        )}
      >
        {children}
      </div>
    </fieldset>
  );
}

type Look = { look?: 'list' | 'inline' | 'cards'; hideLabel?: boolean };

export function RadioGroup({
  value,
  onChange,
  options,
  ...group
}: FieldProps & Look & { value: string; onChange: (value: string) => void; options: readonly Option[] }) {
  return (
    <Group {...group}>
      {options.map((option) => (
        <label key={option.value} className={css.option}>
          <input
            type="radio"
            name={group.name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
          {option.hint && <small>{option.hint}</small>}
        </label>
      ))}
    </Group>
  );
}

export interface CountedOption extends Option {
  count?: number;
}

export function CheckboxGroup({
  values,
  onChange,
  options,
  compact,
  ...group
}: FieldProps &
  Look & {
    values: readonly string[];
    onChange: (values: string[]) => void;
    options: readonly CountedOption[];
    compact?: boolean;
  }) {
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((v) => v !== value) : [...values, value]);
  return (
    <Group {...group}>
      {options.map((option) => (
        <label key={option.value} className={compact ? `${css.option} ${css.compact}` : css.option}>
          <input
            type="checkbox"
            name={group.name}
            value={option.value}
            checked={values.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
          <span className={option.count === 0 ? css.none : undefined}>
            {option.label}
            {option.count !== undefined && <span className={css.count}> ({option.count})</span>}
          </span>
          {option.hint && <small>{option.hint}</small>}
        </label>
      ))}
    </Group>
  );
}

export function Checkbox({
  name,
  label,
  hint,
  checked,
  onChange,
}: {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className={css.option}>
      <input
        id={fieldId(name)}
        type="checkbox"
        name={name}
        checked={checked}
        aria-describedby={describedBy(name, hint, false)}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
      {hint && <small id={`${fieldId(name)}-aide`}>{hint}</small>}
    </label>
  );
}

const PARTS = [
  { part: 2, id: 'jour', label: 'Jour', digits: 2 },
  { part: 1, id: 'mois', label: 'Mois', digits: 2 },
  { part: 0, id: 'annee', label: 'Année', digits: 4 },
] as const;

/**
 * A date in three boxes, in French order whatever the language of the browser.
 * The value is `year-month-day` as typed so far; the screen decides when it is a date.
 */
export function DateField({
  value,
  onChange,
  ...group
}: FieldProps & { value: string; onChange: (value: string) => void }) {
  const parts = value ? value.split('-') : [];
  const set = (part: number, text: string) => {
    const next = [parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''];
    next[part] = text.replace(/\D/g, '');
    onChange(next.some(Boolean) ? next.join('-') : '');
  };
  return (
    <Group {...group} look="inline">
      {PARTS.map(({ part, id, label, digits }) => (
        <div key={id} className={css.datePart}>
          <label htmlFor={`${fieldId(group.name)}-${id}`}>{label}</label>
          <input
            id={`${fieldId(group.name)}-${id}`}
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={digits}
            value={parts[part] ?? ''}
            className={`${css.input} ${digits === 4 ? css.year : css.day}`}
            aria-invalid={group.error ? true : undefined}
            onChange={(event) => set(part, event.target.value)}
          />
        </div>
      ))}
    </Group>
  );
}
