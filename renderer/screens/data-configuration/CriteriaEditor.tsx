import { makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import type { CriteriaPreview as Preview } from '../../../shared/criteria-preview.ts';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { SettledAnswer } from '../../app/use-settled-answer.ts';
import { Picker } from '../../components/Picker.tsx';
import { Section } from '../../components/Section.tsx';
import { Conditions } from './Conditions.tsx';
import { CriteriaPreview } from './CriteriaPreview.tsx';
import type { DraftProblem } from './check-draft.ts';
import type { CriteriaDraft } from './draft.ts';
import { FileProblems } from './FileProblems.tsx';

const useStyles = makeStyles({
  part: { paddingLeft: '32px' },
  view: { maxWidth: '420px' },
  problem: { color: tokens.colorPaletteRedForeground1 },
});

const isMatch = (value: string): value is CriteriaDraft['match'] => value === 'all' || value === 'view' || value === 'conditions';

const viewGroups = { system: 'Views of everybody', personal: 'Views of the signed-in user' } as const;

interface CriteriaEditorProps {
  readonly entity: Entity;
  readonly criteria: CriteriaDraft;
  readonly choices: FieldChoices;
  readonly problems: readonly DraftProblem[];
  /** Whether there is something to ask Dynamics. */
  readonly finished: boolean;
  readonly preview: SettledAnswer<Preview>;
  readonly onChange: (criteria: CriteriaDraft) => void;
}

/** Which rows of Dynamics enter ActiveCampaign. */
export function CriteriaEditor({ entity, criteria, choices, problems, finished, preview, onChange }: CriteriaEditorProps) {
  const styles = useStyles();
  const people = entity === 'lead' ? 'leads' : 'contacts';
  const refused = finished && preview.current && preview.value?.kind === 'refused' ? preview.value.problems : [];
  const refusals = new Map(refused.flatMap(({ path, message }) => conditionAt(path).map((index) => [index, message] as const)));
  const problem =
    problems.find(({ at }) => at === 'criteria' || at === 'view')?.message ?? refused.find(({ path }) => path === 'viewId')?.message;
  const { views } = choices;

  return (
    <Section
      title={`Which ${people} go to ActiveCampaign`}
      lead={`Decides who enters. ${people === 'leads' ? 'Leads' : 'Contacts'} that stop meeting it later stay in sync.`}
    >
      <FileProblems entity={entity} part="criteria" />
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
      {criteria.match === 'view' && views !== null && (
        <div className={styles.part}>
          <div className={styles.view}>
            <Picker
              label="Saved view"
              placeholder={views.length === 0 ? 'There are no views' : 'Choose a view'}
              options={views.map(({ id, name, type }) => ({ value: id, label: name, group: viewGroups[type] }))}
              value={criteria.view?.id ?? null}
              invalid={problem !== undefined}
              onPick={(id) => {
                const view = views.find((candidate) => candidate.id === id);
                if (view !== undefined) onChange({ ...criteria, view: { id, type: view.type } });
              }}
            />
          </div>
        </div>
      )}
      {criteria.match === 'conditions' && (
        <div className={styles.part}>
          <Conditions
            people={people}
            criteria={criteria}
            columns={choices.columns}
            problems={problems}
            refusals={refusals}
            onChange={onChange}
          />
        </div>
      )}
      {problem !== undefined && (
        <Text role="alert" size={200} className={styles.problem}>
          {problem}
        </Text>
      )}
      <CriteriaPreview people={people} asked={finished} preview={preview} />
    </Section>
  );
}

/** The place of the condition that a path is about. */
function conditionAt(path: string): number[] {
  const index = /^conditions\[(\d+)\]/.exec(path)?.[1];
  return index === undefined ? [] : [Number(index)];
}
