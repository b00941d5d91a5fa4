import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import { Choice } from '../../components/Choice.tsx';
import { Picker } from '../../components/Picker.tsx';
import { ConditionValue } from './ConditionValue.tsx';
import type { ConditionDraft } from './draft.ts';
import { operatorNames, operatorsOf } from './operators.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 150px minmax(0, 1fr) 32px',
    gap: '8px',
    alignItems: 'start',
  },
  problem: { gridColumn: '1 / -1', color: tokens.colorPaletteRedForeground1, marginTop: '-4px' },
});

interface ConditionRowProps {
  readonly condition: ConditionDraft;
  readonly columns: readonly ColumnChoice[];
  readonly problem: string | null;
  readonly onChange: (condition: ConditionDraft) => void;
  readonly onRemove: () => void;
}

/** "Country · is · Norway" */
export function ConditionRow({ condition, columns, problem, onChange, onRemove }: ConditionRowProps) {
  const styles = useStyles();
  const column = columns.find(({ name }) => name === condition.field);
  const operators = column === undefined ? [condition.operator] : operatorsOf[column.kind];
  return (
    <div className={styles.row}>
      <Picker
        label="Column"
        placeholder="Choose a column"
        options={columns.map(({ name, label }) => ({ value: name, label, detail: name }))}
        value={condition.field}
        invalid={problem !== null}
        onPick={(field) => {
          const kind = columns.find(({ name }) => name === field)?.kind;
          const fitting = kind === undefined ? [] : operatorsOf[kind];
          const operator = fitting.includes(condition.operator) ? condition.operator : (fitting[0] ?? 'equals');
          onChange({ ...condition, field, operator, values: kind === column?.kind && field === condition.field ? condition.values : [] });
        }}
      />
      <Choice
        label="Comparison"
        options={operators.map((operator) => [operator, operatorNames[operator]] as const)}
        value={condition.operator}
        onChoose={(operator) => onChange({ ...condition, operator })}
      />
      <ConditionValue column={column} condition={condition} onChange={(values) => onChange({ ...condition, values })} />
      <Button appearance="subtle" icon={<DeleteRegular />} aria-label="Remove this condition" onClick={onRemove} />
      {problem !== null && (
        <Text role="alert" size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
    </div>
  );
}
