import { Dropdown, Input, makeStyles, Option } from '@fluentui/react-components';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import type { ConditionDraft } from './draft.ts';

const useStyles = makeStyles({ value: { minWidth: 0, width: '100%' } });

interface ConditionValueProps {
  readonly column: ColumnChoice | undefined;
  readonly condition: ConditionDraft;
  readonly onChange: (values: readonly string[]) => void;
}

/** What the column is compared with: one of its options, a date, a number or words. */
export function ConditionValue({ column, condition, onChange }: ConditionValueProps) {
  const styles = useStyles();
  const { operator, values } = condition;
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return <span />;

  if (column !== undefined && column.options.length > 0) {
    const chosen = column.options.filter(({ value }) => values.includes(String(value)));
    return (
      <Dropdown
        className={styles.value}
        aria-label="Value"
        placeholder="Choose"
        multiselect={operator === 'isAnyOf'}
        value={chosen.map(({ label }) => label).join(', ')}
        selectedOptions={[...values]}
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
      <Input
        className={styles.value}
        aria-label="Values, separated by commas"
        placeholder="Oslo, Bergen"
        value={values.join(',')}
        onChange={(_event, data) => onChange(data.value.split(','))}
      />
    );
  }
  return (
    <Input
      className={styles.value}
      aria-label="Value"
      type={column?.kind === 'dateTime' ? 'date' : 'text'}
      value={values[0] ?? ''}
      onChange={(_event, data) => onChange([data.value])}
    />
  );
}
