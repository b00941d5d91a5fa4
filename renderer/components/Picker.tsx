import { Caption1, Combobox, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';

const useStyles = makeStyles({
  picker: { minWidth: 0, width: '100%' },
  // Fluent gives the text field its default width, which is more than a row of a table can spare.
  input: { minWidth: 0, width: '100%' },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  detail: { color: tokens.colorNeutralForeground3 },
});

export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** Tells options with the same label apart. */
  readonly detail?: string;
}

interface PickerProps {
  /** For screen readers. */
  readonly label: string;
  readonly options: readonly PickerOption[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly invalid?: boolean;
  readonly onPick: (value: string) => void;
}

/** One of many, found by typing a part of its name. */
export function Picker({ label, options, value, placeholder, invalid = false, onPick }: PickerProps) {
  const styles = useStyles();
  const [query, setQuery] = useState<string | null>(null);
  const words = query?.trim().toLowerCase() ?? '';
  const shown = options.filter((option) => `${option.label} ${option.detail ?? ''}`.toLowerCase().includes(words));
  const selected = options.find((option) => option.value === value);
  return (
    <Combobox
      className={styles.picker}
      input={{ className: styles.input }}
      aria-label={label}
      aria-invalid={invalid}
      placeholder={placeholder}
      // What was chosen earlier and is not offered any more is still shown by its name.
      value={query ?? selected?.label ?? value ?? ''}
      selectedOptions={value === null ? [] : [value]}
      onChange={(event) => setQuery(event.target.value)}
      onBlur={() => setQuery(null)}
      onOptionSelect={(_event, { optionValue }) => {
        setQuery(null);
        if (optionValue !== undefined) onPick(optionValue);
      }}
    >
      {shown.map((option) => (
        <Option key={option.value} value={option.value} text={option.label}>
          <span className={styles.option}>
            {option.label}
            {option.detail !== undefined && <Caption1 className={styles.detail}>{option.detail}</Caption1>}
          </span>
        </Option>
      ))}
      {shown.length === 0 && (
        <Option disabled text="">
          Nothing fits
        </Option>
      )}
    </Combobox>
  );
}
