import { Dropdown, Input, makeStyles, Option, Textarea } from '@fluentui/react-components';
import { isCalendarDate } from '../../../shared/date-text.ts';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import type { DynamicsColumnKind } from '../../../shared/field-pairs.ts';
import { optionOf, takesNoValue } from './conditions.ts';
import type { ConditionDraft } from './draft.ts';

const useStyles = makeStyles({ value: { minWidth: 0, width: '100%' } });

const numbers: readonly DynamicsColumnKind[] = ['wholeNumber', 'bigInteger', 'decimal', 'float', 'money'];

interface ConditionValueProps {
  readonly column: ColumnChoice | undefined;
  readonly condition: ConditionDraft;
  readonly invalid: boolean;
  readonly onChange: (values: readonly string[]) => void;
}

/** What the column is compared with: one of its options, a date, a number or words. */
export function ConditionValue({ column, condition, invalid, onChange }: ConditionValueProps) {
  const styles = useStyles();
  const { operator, values } = condition;
  if (takesNoValue(condition)) return <span />;

  if (column !== undefined && column.options.length > 0) {
    const chosen = values.flatMap((value) => optionOf(column, value) ?? []);
    return (
      <Dropdown
        className={styles.value}
        aria-label="Value"
        aria-invalid={invalid}
        placeholder="Choose"
        multiselect={operator === 'isAnyOf'}
        // What is no option any more is still shown.
        value={chosen.length === values.length ? chosen.map(({ label }) => label).join(', ') : values.join(', ')}
        selectedOptions={chosen.map(({ value }) => String(value))}
        onOptionSelect={(_event, { selectedOptions }) => onChange(selectedOptions)}
      >
        {column.options.map(({ value, label }) => (
          <Option key={String(value)} value={String(value)}>
            {label}
          </Option>
        ))}
      </Dropdown>
    );
  }
  if (operator === 'isAnyOf') {
    return (
      <Textarea
        className={styles.value}
        aria-label="Values, one a line"
        aria-invalid={invalid}
        placeholder={'One a line:\nOslo\nBergen'}
        rows={3}
        resize="vertical"
        value={values.join('\n')}
        onChange={(_event, data) => onChange(data.value.split('\n'))}
      />
    );
  }
  const value = values[0] ?? '';
  // A settings file may hold a time of day, which a field for days cannot show.
  const isDay = column?.kind === 'dateTime' && (value === '' || isCalendarDate(value));
  return (
    <Input
      className={styles.value}
      aria-label={isDay ? 'Date' : 'Value'}
      aria-invalid={invalid}
      type={isDay ? 'date' : 'text'}
      {...(column !== undefined && numbers.includes(column.kind) && { inputMode: 'decimal' as const })}
      value={value}
      onChange={(_event, data) => onChange([data.value])}
    />
  );
}
