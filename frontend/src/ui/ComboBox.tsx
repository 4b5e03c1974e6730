import type { ReactNode } from 'react';
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
  onChoose: (id: string) => void;
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
  const filled = groups.filter((group) => group.items.length > 0);
  return (
    <Aria
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="input"
      inputValue={value}
      onInputChange={onInput}
      selectedKey={null}
      onSelectionChange={(key) => key !== null && onChoose(String(key))}
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
        spellCheck={false}
      />
      <Popover className={css.popover} offset={4}>
        <ListBox className={css.list} items={filled}>
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
