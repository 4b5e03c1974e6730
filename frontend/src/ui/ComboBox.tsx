import { type KeyboardEvent, type ReactNode, useState } from 'react';
import {
  ComboBox as Aria,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Text,
} from 'react-aria-components';
import css from './ComboBox.module.css';
import { FieldError, fieldId } from './Field';
import { French } from './French';
import field from './Field.module.css';

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

function submitOnEnter(event: KeyboardEvent<HTMLInputElement>) {
  const { currentTarget: input } = event;
  if (event.key !== 'Enter' || input.getAttribute('aria-activedescendant')) return;
  event.preventDefault();
  input.form?.requestSubmit();
}

function Nothing({ searching }: { searching: boolean | undefined }) {
  return <p className={css.nothing}>{searching ? 'Recherche…' : 'Aucune proposition pour ces mots.'}</p>;
}

/** A text box with suggestions made elsewhere: what is typed stays possible, what is chosen is told. */
export function ComboBox(props: Props) {
  return (
    <French>
      <Box {...props} />
    </French>
  );
}

function Box(props: Props) {
  const { name, label, hint, error, placeholder, large, hideLabel, value, onInput, groups, onChoose } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const filled = groups.filter((group) => group.items.length > 0);
  return (
    <Aria
      allowsCustomValue
      // The list opens at once and fills when the answer comes.
      allowsEmptyCollection
      menuTrigger="input"
      inputValue={value}
      onInputChange={(text) => {
        setChosen(null);
        onInput(text);
      }}
      selectedKey={chosen}
      onSelectionChange={(key) => {
        // The list closes when the key changes; the next key typed forgets it, so that it may be chosen again.
        setChosen(key === null ? null : String(key));
        if (key !== null) onChoose(String(key));
      }}
      items={filled}
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
      className={[field.field, error ? field.wrong : '', css.root].join(' ')}
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
        className={large ? `${field.input} ${css.large}` : `${field.input} ${field.full}`}
        placeholder={placeholder}
        autoComplete="off"
        onKeyDownCapture={props.submits ? submitOnEnter : undefined}
        spellCheck={false}
      />
      <Popover className={css.popover} offset={4} maxHeight={340}>
        <ListBox
          className={css.list}
          items={filled}
          renderEmptyState={() => <Nothing searching={props.searching} />}
        >
          {(group: SuggestionGroup) => (
            <ListBoxSection id={group.title} className={css.section}>
              <Header className={css.header}>{group.title}</Header>
              {group.items.map((item) => (
                <ListBoxItem key={item.id} id={item.id} textValue={item.label} className={css.item}>
                  <Text slot="label">{item.label}</Text>
                  {item.detail && (
                    <Text slot="description" className={css.detail}>
                      {item.detail}
                    </Text>
                  )}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </Aria>
  );
}
