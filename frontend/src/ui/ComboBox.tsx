import { type FocusEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import {
  Autocomplete,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Text,
  TextField,
} from 'react-aria-components';
import css from './ComboBox.module.css';
import { FieldError, fieldId } from './Field';
import field from './Field.module.css';
import { French } from './French';

export interface Suggestion {
  id: string;
  label: string;
  detail?: string;
}

export interface SuggestionGroup {
  title: string;
  items: Suggestion[];
}

interface Props {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  placeholder?: string;
  large?: boolean;
  hideLabel?: boolean;
  value: string;
  onInput: (value: string) => void;
  groups: SuggestionGroup[];
  /** Enter sends the form unless a suggestion is pointed at. */
  submits?: boolean;
  /** The answer is on its way. */
  searching?: boolean;
  onChoose: (id: string) => void;
}

/**
 * A text box with suggestions made elsewhere: what is typed stays possible, what is chosen is told.
 * The keyboard and the virtual focus are react-aria's; the list stays in the page, under the box: its own
 * ComboBox hides the rest of the page from screen readers while it is open, which axe refuses.
 */
export function ComboBox(props: Props) {
  const { name, label, hint, error, placeholder, large, hideLabel, value, onInput } = props;
  const [open, setOpen] = useState(false);
  const filled = props.groups.filter((group) => group.items.length > 0);
  const choose = (id: string) => {
    setOpen(false);
    props.onChoose(id);
  };
  const type = (text: string) => {
    setOpen(text.trim() !== '');
    onInput(text);
  };
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    <French>
      <div className={css.root} onBlur={leave}>
        <Autocomplete inputValue={value} onInputChange={type} disableAutoFocusFirst>
          <TextField
            isInvalid={Boolean(error)}
            className={error ? `${field.field} ${field.wrong}` : field.field}
          >
            <Label className={hideLabel ? 'hidden' : field.label}>{label}</Label>
            {hint && (
              <Text slot="description" className={field.hint}>
                {hint}
              </Text>
            )}
            {error && <FieldError name={name}>{error}</FieldError>}
            <Input
              id={fieldId(name)}
              // Autocomplete writes aria-controls and aria-activedescendant.
              // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props
              role="combobox"
              aria-expanded={open}
              aria-haspopup="listbox"
              className={large ? `${field.input} ${css.large}` : `${field.input} ${field.full}`}
              placeholder={placeholder}
              autoComplete="off"
              spellCheck={false}
              onKeyDownCapture={(event) => keys(event, { open, setOpen, submits: props.submits })}
            />
          </TextField>
          {open && <Suggestions groups={filled} searching={props.searching} onChoose={choose} />}
        </Autocomplete>
      </div>
    </French>
  );
}

interface Opening {
  open: boolean;
  setOpen: (open: boolean) => void;
  submits: boolean | undefined;
}

/** Escape closes without emptying the box; the down arrow opens again; Enter sends what was typed. */
function keys(event: KeyboardEvent<HTMLInputElement>, { open, setOpen, submits }: Opening) {
  const { currentTarget: input } = event;
  if (event.key === 'Escape' && open) {
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
  } else if (event.key === 'ArrowDown' && !open && input.value.trim()) {
    event.preventDefault();
    setOpen(true);
  } else if (event.key === 'Enter' && submits && !input.getAttribute('aria-activedescendant')) {
    event.preventDefault();
    input.form?.requestSubmit();
  }
}

function Suggestions({
  groups,
  searching,
  onChoose,
}: {
  groups: SuggestionGroup[];
  searching: boolean | undefined;
  onChoose: (id: string) => void;
}) {
  return (
    // The press must not take the focus out of the box.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={css.popover} onMouseDown={(event) => event.preventDefault()}>
      <ListBox
        aria-label="Suggestions"
        className={css.list}
        items={groups}
        renderEmptyState={() => (
          <p className={css.nothing}>{searching ? 'Recherche…' : 'Aucune proposition.'}</p>
        )}
        onAction={(key) => onChoose(String(key))}
      >
        {(group: SuggestionGroup) => (
          <ListBoxSection id={group.title} className={css.section}>
            <Header className={css.header}>{group.title}</Header>
            {group.items.map((item) => (
              <ListBoxItem key={item.id} id={item.id} textValue={item.label} className={css.item}>
                <span>{item.label}</span>
                {item.detail && <span className={css.detail}>{item.detail}</span>}
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
    </div>
  );
}
