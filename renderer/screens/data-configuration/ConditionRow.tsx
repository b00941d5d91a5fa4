import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import { Choice } from '../../components/Choice.tsx';
import { Picker, type PickerOption } from '../../components/Picker.tsx';
import { ConditionValue } from './ConditionValue.tsx';
import type { ConditionDraft } from './draft.ts';
import { operatorName, operatorsOf } from './operators.ts';

const useStyles = makeStyles({
  row: {
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 150px minmax(0, 1fr) 32px',
    gap: '8px',
    alignItems: 'start',
  },
  problem: { gridColumn: '1 / -1', color: tokens.colorPaletteRedForeground1, marginTop: '-4px' },
});

interface ConditionRowProps {
  readonly condition: ConditionDraft;
  /** From 1. */
  readonly number: number;
  readonly columns: readonly ColumnChoice[];
  readonly columnOptions: readonly PickerOption[];
  readonly problem: string | null;
  /** It was just added. */
  readonly autoFocus: boolean;
  readonly onChange: (condition: ConditionDraft) => void;
  readonly onRemove: (key: number) => void;
}

/** "Country · is · Norway" */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, number, columns, columnOptions, problem, autoFocus, onChange, onRemove } = props;
  const styles = useStyles();
  const problemId = useId();
  const column = columns.find(({ name }) => name === condition.field);
  const offered = column === undefined ? [] : operatorsOf[column.kind];
  const operators = offered.includes(condition.operator) ? offered : [condition.operator, ...offered];

  const changeColumn = (name: string) => {
    if (name === condition.field) return;
    const chosen = columns.find((candidate) => candidate.name === name);
    const fitting = chosen === undefined ? [] : operatorsOf[chosen.kind];
    const operator = fitting.includes(condition.operator) ? condition.operator : (fitting[0] ?? 'equals');
    // A value means nothing to another kind of column.
    const values = chosen !== undefined && chosen.kind === column?.kind && chosen.options.length === 0 ? condition.values : [];
    onChange({ ...condition, field: name, operator, values });
  };

  return (
    <fieldset className={styles.row} aria-label={`Condition ${number}`} {...(problem !== null && { 'aria-describedby': problemId })}>
      <Picker
        label="Column"
        placeholder="Choose a column"
        options={columnOptions}
        value={condition.field}
        invalid={problem !== null && column === undefined}
        autoFocus={autoFocus}
        onPick={changeColumn}
      />
      <Choice
        label="Comparison"
        options={operators.map((operator) => [operator, operatorName(operator, column?.kind)] as const)}
        value={condition.operator}
        onChoose={(operator) =>
          onChange({ ...condition, operator, values: operator === 'isAnyOf' ? condition.values : condition.values.slice(0, 1) })
        }
      />
      <ConditionValue
        column={column}
        condition={condition}
        invalid={problem !== null && column !== undefined}
        onChange={(values) => onChange({ ...condition, values })}
      />
      <Button
        appearance="subtle"
        icon={<DeleteRegular />}
        aria-label={`Remove condition ${number}`}
        onClick={() => onRemove(condition.key)}
      />
      {problem !== null && (
        <Text id={problemId} role="alert" size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
    </fieldset>
  );
}
