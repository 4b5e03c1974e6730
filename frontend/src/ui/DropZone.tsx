import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from './Button';
import css from './DropZone.module.css';
import { describedBy, FieldError, fieldId, Hint } from './Field';
import { Icon } from './Icon';

interface Props {
  name: string;
  label: string;
  hint: ReactNode;
  /** As the browser's file dialog takes it: « .docx,.odt ». */
  accept: string;
  multiple?: boolean;
  error?: string | undefined;
  files: readonly File[];
  onFiles: (files: File[]) => void;
}

/** Files by dropping them or by the browser's own dialog: the field itself is the one that the keyboard reaches. */
export function DropZone({ name, label, hint, accept, multiple, error, files, onFiles }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length) onFiles(multiple ? dropped : dropped.slice(0, 1));
  };
  return (
    // Dropping is a second way, for a mouse: the field does the same for everybody.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={label}
      className={[css.zone, over ? css.over : '', error ? css.wrong : ''].join(' ')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        id={fieldId(name)}
        type="file"
        className={css.input}
        accept={accept}
        multiple={multiple}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error ? true : undefined}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again once it was put right.
          event.target.value = '';
        }}
      />
      <Icon name="file" />
      <label htmlFor={fieldId(name)} className={css.label}>
        {label}
        {/* The browser's own button speaks its own language: this one speaks ours, the field stays the real one. */}
        <span className={css.browse} aria-hidden="true">
          {multiple ? 'Choisir des fichiers' : 'Choisir le fichier'}
        </span>
      </label>
      <Hint name={name}>{hint}</Hint>
      {error && <FieldError name={name}>{error}</FieldError>}
      {files.length > 0 && (
        <ul className={css.files} aria-label="Fichiers choisis">
          {files.map((file) => (
            <li key={file.name}>
              <Icon name="file" />
              <span className={css.name}>{file.name}</span>
              <Button
                small
                look="quiet"
                about={file.name}
                onClick={() => {
                  onFiles(files.filter((one) => one !== file));
                  input.current?.focus();
                }}
              >
                Retirer
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
