import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { fieldId } from './Field';
import css from './Form.module.css';

/** Field name → the sentence that says how to correct it. */
export type Errors = Record<string, string>;

const NONE: Errors = {};

interface FormProps {
  onSubmit: () => void;
  errors?: Errors;
  /** Changes at each refused submission, so that the summary takes the focus again. */
  attempt?: number;
  children: ReactNode;
}

/** A form in the manner of GOV.UK: checked on submission only, by us; the summary comes first and has the focus. */
export function Form({ onSubmit, errors = NONE, attempt = 0, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    // Ctrl+Enter, from any field: the key is heard on its way up.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form noValidate className={css.form} onSubmit={submit} onKeyDown={submitOnCtrlEnter}>
      <ErrorSummary errors={errors} attempt={attempt} />
      {children}
    </form>
  );
}

function submitOnCtrlEnter(event: React.KeyboardEvent<HTMLFormElement>) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
}

function focusField(name: string) {
  const target = document.getElementById(fieldId(name));
  const control = target?.matches('fieldset') ? target.querySelector<HTMLElement>('input, button') : target;
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

export function ErrorSummary({ errors, attempt }: { errors: Errors; attempt: number }) {
  const box = useRef<HTMLDivElement>(null);
  const list = Object.entries(errors);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (!list.length) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className={css.summary}>
      <h2>{list.length === 1 ? 'Un point est à corriger' : `${list.length} points sont à corriger`}</h2>
      <ul className="bullets">
        {list.map(([name, sentence]) => (
          <li key={name}>
            <a
              href={`#${fieldId(name)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(name);
              }}
            >
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The buttons that end a form: the action first. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={css.actions}>{children}</div>;
}
