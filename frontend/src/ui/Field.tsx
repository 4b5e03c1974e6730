import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useState } from 'react';
import css from './Field.module.css';

export interface FieldProps {
  /** Unique in the page: the error summary links to it. */
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children?: never;
}

export function fieldId(name: string): string {
  return `champ-${name}`;
}

export function describedBy(name: string, hint: unknown, error: unknown): string | undefined {
  const ids = [hint ? `${fieldId(name)}-aide` : '', error ? `${fieldId(name)}-erreur` : ''].filter(Boolean);
  return ids.length ? ids.join(' ') : undefined;
}

export function Hint({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div id={`${fieldId(name)}-aide`} className={css.hint}>
      {children}
    </div>
  );
}

export function FieldError({ name, children }: { name: string; children: string }) {
  return (
    <p id={`${fieldId(name)}-erreur`} className={css.error}>
      <span className="hidden">Erreur : </span>
      {children}
    </p>
  );
}

function Frame({
  name,
  label,
  hint,
  error,
  optional,
  children,
}: Omit<FieldProps, 'children'> & { children: ReactNode }) {
  return (
    <div className={error ? `${css.field} ${css.wrong}` : css.field}>
      <label htmlFor={fieldId(name)} className={css.label}>
        {label}
        {optional && <span className={css.optional}> (facultatif)</span>}
      </label>
      {hint && <Hint name={name}>{hint}</Hint>}
      {error && <FieldError name={name}>{error}</FieldError>}
      {children}
    </div>
  );
}

type Value = { value: string; onChange: (value: string) => void };
type Width = 'full' | 'medium' | 'short';

type TextProps = FieldProps &
  Value & {
    width?: Width;
    unit?: string;
    type?: 'text' | 'date' | 'search' | 'email';
    native?: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'type' | 'id'>;
  };

export function TextField({
  value,
  onChange,
  width = 'full',
  unit,
  type = 'text',
  native,
  ...frame
}: TextProps) {
  const { name, hint, error } = frame;
  return (
    <Frame {...frame}>
      <div className={css.control}>
        <input
          {...native}
          id={fieldId(name)}
          name={name}
          type={type}
          value={value}
          className={`${css.input} ${css[width]}`}
          aria-describedby={describedBy(name, hint, error)}
          aria-invalid={error ? true : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <span className={css.unit}>{unit}</span>}
      </div>
    </Frame>
  );
}

/** A passphrase: hidden, shown on demand, never altered by the browser. */
export function PassphraseField({
  value,
  onChange,
  native,
  ...frame
}: Omit<TextProps, 'type' | 'unit' | 'width'>) {
  const { name, hint, error } = frame;
  const [shown, setShown] = useState(false);
  return (
    <Frame {...frame}>
      <div className={css.control}>
        <input
          {...native}
          id={fieldId(name)}
          name={name}
          type={shown ? 'text' : 'password'}
          value={value}
          spellCheck={false}
          autoCapitalize="none"
          className={`${css.input} ${css.full}`}
          aria-describedby={describedBy(name, hint, error)}
          aria-invalid={error ? true : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        <button type="button" className={css.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Cacher' : 'Afficher'}
          <span className="hidden"> {frame.label.toLowerCase()}</span>
        </button>
      </div>
    </Frame>
  );
}

/** A number typed as a French reader writes it: « 120 000,50 ». The screen decides what it means. */
export function NumberField(props: Omit<TextProps, 'type'>) {
  return (
    <TextField
      width="short"
      {...props}
      native={{ inputMode: 'decimal', autoComplete: 'off', ...props.native }}
    />
  );
}

type AreaProps = FieldProps &
  Value & {
    rows?: number;
    native?: Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'id'>;
  };

export function TextArea({ value, onChange, rows = 3, native, ...frame }: AreaProps) {
  const { name, hint, error } = frame;
  return (
    <Frame {...frame}>
      <textarea
        {...native}
        id={fieldId(name)}
        name={name}
        rows={rows}
        value={value}
        className={`${css.input} ${css.full}`}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
}

export interface Option {
  value: string;
  label: string;
  hint?: ReactNode;
}

export function Select({
  value,
  onChange,
  options,
  width = 'medium',
  ...frame
}: FieldProps & Value & { options: readonly Option[]; width?: Width }) {
  const { name, hint, error } = frame;
  return (
    <Frame {...frame}>
      <select
        id={fieldId(name)}
        name={name}
        value={value}
        className={`${css.input} ${css.select} ${css[width]}`}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
