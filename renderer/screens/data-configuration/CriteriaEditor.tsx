import { Button, Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import { Choice } from '../../components/Choice.tsx';
import { Picker } from '../../components/Picker.tsx';
import { Section } from '../../components/Section.tsx';
import { ConditionRow } from './ConditionRow.tsx';
import { type ConditionDraft, type CriteriaDraft, type DraftProblem, nextKey } from './draft.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: '10px', paddingLeft: '32px' },
  join: { display: 'flex', alignItems: 'center', gap: '8px' },
  joinChoice: { width: '90px' },
  view: { maxWidth: '420px' },
  add: { alignSelf: 'flex-start' },
  problem: { color: tokens.colorPaletteRedForeground1 },
});

const isMatch = (value: string): value is CriteriaDraft['match'] => value === 'all' || value === 'view' || value === 'conditions';

interface CriteriaEditorProps {
  readonly people: 'leads' | 'contacts';
  readonly criteria: CriteriaDraft;
  readonly choices: FieldChoices;
  readonly problems: readonly DraftProblem[];
  readonly onChange: (criteria: CriteriaDraft) => void;
}

/** Which rows of Dynamics enter ActiveCampaign. */
export function CriteriaEditor({ people, criteria, choices, problems, onChange }: CriteriaEditorProps) {
  const styles = useStyles();
  const problem = problems.find(({ at }) => at === 'criteria');
  const changeRow = (changed: ConditionDraft) =>
    onChange({ ...criteria, conditions: criteria.conditions.map((row) => (row.key === changed.key ? changed : row)) });
  const addRow = () => {
    const row: ConditionDraft = { key: nextKey(criteria.conditions), field: null, operator: 'equals', values: [] };
    onChange({ ...criteria, conditions: [...criteria.conditions, row] });
  };

  return (
    <Section
      title={`Which ${people} go to ActiveCampaign`}
      lead={`Decides who enters. ${people === 'leads' ? 'Leads' : 'Contacts'} that stop meeting it later stay in sync.`}
    >
      <RadioGroup
        aria-label={`Which ${people} go to ActiveCampaign`}
        value={criteria.match}
        onChange={(_event, { value }) => {
          if (isMatch(value)) onChange({ ...criteria, match: value });
        }}
      >
        <Radio value="all" label={`All ${people}`} />
        <Radio value="view" label="Those in a saved view" />
        <Radio value="conditions" label="Those that meet conditions" />
      </RadioGroup>
      {criteria.match === 'view' && (
        <div className={styles.part}>
          <Field className={styles.view}>
            <Picker
              label="Saved view"
              placeholder="Choose a view"
              options={(choices.views ?? []).map(({ id, name, type }) => ({
                value: id,
                label: name,
                detail: type === 'system' ? 'System view' : 'Personal view',
              }))}
              value={criteria.view?.id ?? null}
              onPick={(id) => {
                const view = choices.views?.find((candidate) => candidate.id === id);
                if (view !== undefined) onChange({ ...criteria, view: { id, type: view.type } });
              }}
            />
          </Field>
        </div>
      )}
      {criteria.match === 'conditions' && (
        <div className={styles.part}>
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
          {criteria.conditions.map((row) => (
            <ConditionRow
              key={row.key}
              condition={row}
              columns={choices.columns}
              problem={problems.find(({ at, key }) => at === 'condition' && key === row.key)?.message ?? null}
              onChange={changeRow}
              onRemove={() => onChange({ ...criteria, conditions: criteria.conditions.filter(({ key }) => key !== row.key) })}
            />
          ))}
          <Button className={styles.add} icon={<AddRegular />} onClick={addRow}>
            Add a condition
          </Button>
        </div>
      )}
      {problem !== undefined && (
        <Text role="alert" className={styles.problem}>
          {problem.message}
        </Text>
      )}
    </Section>
  );
}
