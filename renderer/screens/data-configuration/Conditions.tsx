import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useMemo, useRef, useState } from 'react';
import type { ColumnChoice } from '../../../shared/field-choices.ts';
import { Choice } from '../../components/Choice.tsx';
import { ConditionRow } from './ConditionRow.tsx';
import type { DraftProblem } from './check-draft.ts';
import { type ConditionDraft, type CriteriaDraft, nextKey } from './draft.ts';

const useStyles = makeStyles({
  conditions: { display: 'flex', flexDirection: 'column', gap: '10px' },
  join: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px' },
  joinChoice: { width: '90px' },
  add: { alignSelf: 'flex-start' },
  empty: { color: tokens.colorNeutralForeground2 },
});

interface ConditionsProps {
  readonly people: 'leads' | 'contacts';
  readonly criteria: CriteriaDraft;
  readonly columns: readonly ColumnChoice[];
  readonly problems: readonly DraftProblem[];
  /** What Dynamics or a run has against a condition, by its place. */
  readonly refusals: ReadonlyMap<number, string>;
  readonly onChange: (criteria: CriteriaDraft) => void;
}

/** The condition builder. */
export function Conditions({ people, criteria, columns, problems, refusals, onChange }: ConditionsProps) {
  const styles = useStyles();
  const addButton = useRef<HTMLElement>(null);
  const [added, setAdded] = useState<number | null>(null);
  const columnOptions = useMemo(() => columns.map(({ name, label }) => ({ value: name, label, detail: name })), [columns]);
  const { conditions } = criteria;

  const change = (changed: ConditionDraft) =>
    onChange({ ...criteria, conditions: conditions.map((row) => (row.key === changed.key ? changed : row)) });
  const add = () => {
    const key = nextKey(conditions);
    setAdded(key);
    onChange({ ...criteria, conditions: [...conditions, { key, field: null, operator: 'equals', values: [] }] });
  };
  const remove = (key: number) => {
    onChange({ ...criteria, conditions: conditions.filter((row) => row.key !== key) });
    addButton.current?.focus();
  };

  return (
    <div className={styles.conditions}>
      {conditions.length === 0 ? (
        <Text className={styles.empty}>No condition yet. With conditions, only {people} that meet them go to ActiveCampaign.</Text>
      ) : (
        <div className={styles.join}>
          <Text>Meet</Text>
          <Choice
            label="How conditions are joined"
            className={styles.joinChoice}
            options={[
              ['and', 'all'],
              ['or', 'any'],
            ]}
            value={criteria.join}
            onChoose={(join) => onChange({ ...criteria, join })}
          />
          <Text>of these:</Text>
        </div>
      )}
      {conditions.map((row, index) => (
        <ConditionRow
          key={row.key}
          condition={row}
          number={index + 1}
          columns={columns}
          columnOptions={columnOptions}
          problem={problems.find(({ at, key }) => at === 'condition' && key === row.key)?.message ?? refusals.get(index) ?? null}
          autoFocus={row.key === added}
          onChange={change}
          onRemove={remove}
        />
      ))}
      <Button
        ref={(button: HTMLElement | null) => {
          addButton.current = button;
        }}
        className={styles.add}
        icon={<AddRegular />}
        onClick={add}
      >
        Add a condition
      </Button>
    </div>
  );
}
