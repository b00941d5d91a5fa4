import { Caption1, Combobox, makeStyles, Option, OptionGroup, tokens } from '@fluentui/react-components';
import { useState } from 'react';

const useStyles = makeStyles({
  picker: { minWidth: 0, width: '100%' },
  // Fluent gives the text field its default width, which is more than a row of a table can spare.
  input: { minWidth: 0, width: '100%', textOverflow: 'ellipsis' },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  detail: { color: tokens.colorNeutralForeground3 },
});

export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** Tells options with the same label apart. */
  readonly detail?: string;
  /** Options of one group stand together, under its name. */
  readonly group?: string;
}

interface PickerProps {
  /** For screen readers. */
  readonly label: string;
  readonly options: readonly PickerOption[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly invalid?: boolean;
  readonly id?: string;
  /** Takes the keyboard when it appears. */
  readonly autoFocus?: boolean;
  readonly onPick: (value: string) => void;
}

/** One of many, found by typing a part of its name. */
export function Picker({ label, options, value, placeholder, invalid = false, id, autoFocus = false, onPick }: PickerProps) {
  const styles = useStyles();
  const [query, setQuery] = useState<string | null>(null);
  const selected = options.find((option) => option.value === value);
  return (
    <Combobox
      className={styles.picker}
      input={{ className: styles.input }}
      // The field itself opens the list: one stop for the Tab key is enough.
      expandIcon={{ tabIndex: -1 }}
      aria-label={label}
      aria-invalid={invalid}
      placeholder={placeholder}
      {...(id !== undefined && { id })}
      autoFocus={autoFocus}
      // What was chosen earlier and is not offered any more is still shown by its name.
      value={query ?? selected?.label ?? value ?? ''}
      selectedOptions={value === null ? [] : [value]}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setQuery(event.target.value)}
      onBlur={() => setQuery(null)}
      onKeyDownCapture={(event) => {
        // Enter after a few letters takes the first that fits, where the arrow keys have not chosen another.
        const [first] = query === null || query.trim() === '' ? [] : fitting(options, query);
        if (event.key !== 'Enter' || first === undefined || event.currentTarget.hasAttribute('aria-activedescendant')) return;
        setQuery(null);
        onPick(first.value);
      }}
      onOptionSelect={(_event, { optionValue }) => {
        // Nothing is what Fluent selects while somebody types.
        if (optionValue === undefined) return;
        setQuery(null);
        onPick(optionValue);
      }}
    >
      <Offered options={options} query={query} />
    </Combobox>
  );
}

function fitting(options: readonly PickerOption[], query: string | null): readonly PickerOption[] {
  const words = query?.trim().toLowerCase() ?? '';
  return options.filter((option) => `${option.label} ${option.detail ?? ''}`.toLowerCase().includes(words));
}

/** Drawn only while the list is open. */
function Offered({ options, query }: { readonly options: readonly PickerOption[]; readonly query: string | null }) {
  const styles = useStyles();
  const offered = fitting(options, query);
  if (offered.length === 0) {
    return (
      <Option disabled text="">
        Nothing fits
      </Option>
    );
  }
  const shown = ({ value, label, detail }: PickerOption) => (
    <Option key={value} value={value} text={label}>
      <span className={styles.option}>
        {label}
        {detail !== undefined && <Caption1 className={styles.detail}>{detail}</Caption1>}
      </span>
    </Option>
  );
  return [...Map.groupBy(offered, ({ group }) => group)].map(([group, members]) =>
    group === undefined ? (
      members.map(shown)
    ) : (
      <OptionGroup key={group} label={group}>
        {members.map(shown)}
      </OptionGroup>
    ),
  );
}
