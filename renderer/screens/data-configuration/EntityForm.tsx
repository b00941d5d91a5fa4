import { Field, makeStyles, Switch } from '@fluentui/react-components';
import { useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { ConflictWinner, Direction, Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { Choice } from '../../components/Choice.tsx';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import { CreateFromAutomations } from './CreateFromAutomations.tsx';
import { CriteriaEditor } from './CriteriaEditor.tsx';
import { checkDraft, draftOf, type EntityDraft } from './draft.ts';
import { MappingTable } from './MappingTable.tsx';
import { NewRecords } from './NewRecords.tsx';
import { SaveBar } from './SaveBar.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '20px' },
  fields: { display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: '12px 20px', alignItems: 'start' },
});

const plurals = { lead: 'leads', contact: 'contacts' } as const satisfies Record<Entity, string>;

const directionNames = {
  both: 'Both ways',
  toActiveCampaign: 'Only to ActiveCampaign',
  toDynamics: 'Only to Dynamics',
} as const satisfies Record<Direction, string>;

const winnerNames = {
  dynamics: 'Dynamics wins',
  activeCampaign: 'ActiveCampaign wins',
  newest: 'The newer change wins',
  ask: 'Hold it and ask me',
} as const satisfies Record<ConflictWinner, string>;

/** The list that new people join: an id, or this where they join none. */
const noList = 'none';

interface EntityFormProps {
  readonly entity: Entity;
  readonly saved: Settings['dataConfiguration'];
  /** Null while nothing was changed. */
  readonly draft: EntityDraft | null;
  readonly choices: FieldChoices;
  readonly onDraft: (draft: EntityDraft | null) => void;
}

export function EntityForm({ entity, saved, draft, choices, onDraft }: EntityFormProps) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  const [checked, setChecked] = useState(false);
  const shown = draft ?? draftOf(saved[entity]);
  const check = checkDraft(shown, choices);
  const problems = checked && !check.ok ? check.problems : [];
  const change = (part: Partial<EntityDraft>) => onDraft({ ...shown, ...part });
  const people = plurals[entity];

  const submit = async (): Promise<void> => {
    setChecked(true);
    if (!check.ok) return;
    const { configuration } = check;
    if (!(await save.run(() => api.call.updateSettings({ dataConfiguration: { [entity]: configuration } })))) return;
    setChecked(false);
    onDraft(null);
  };

  return (
    <div className={styles.form}>
      <Section
        title={`Sync ${people}`}
        lead={`People who carry the tags of ${people} in ActiveCampaign and ${people} in Dynamics are kept in step.`}
        aside={
          <Switch
            aria-label={`Sync ${people}`}
            label={shown.enabled ? 'On' : 'Off'}
            labelPosition="before"
            checked={shown.enabled}
            onChange={(_event, data) => change({ enabled: data.checked })}
          />
        }
      >
        <div className={styles.fields}>
          <Field label="Direction">
            <Choice options={typedEntries(directionNames)} value={shown.direction} onChoose={(direction) => change({ direction })} />
          </Field>
          <Field label="When both sides changed">
            <Choice
              options={typedEntries(winnerNames)}
              value={shown.conflictWinner}
              onChoose={(conflictWinner) => change({ conflictWinner })}
            />
          </Field>
          <Field label="New people join">
            <Choice
              options={[[noList, 'No list'], ...choices.lists.map(({ id, name }) => [id, name] as const)]}
              value={shown.listId ?? noList}
              onChoose={(id) => change({ listId: id === noList ? null : id })}
            />
          </Field>
        </div>
      </Section>
      <CriteriaEditor
        people={people}
        criteria={shown.criteria}
        choices={choices}
        problems={problems}
        onChange={(criteria) => change({ criteria })}
      />
      <MappingTable mappings={shown.mappings} choices={choices} problems={problems} onChange={(mappings) => change({ mappings })} />
      <NewRecords entity={entity} draft={shown} problem={problems.find(({ at }) => at === 'topic')?.message ?? null} onChange={change} />
      <CreateFromAutomations entity={entity} draft={shown} onChange={change} />
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <SaveBar
        changed={draft !== null}
        saving={save.state.kind === 'pending'}
        saved={save.state.kind === 'done'}
        problemCount={problems.length}
        onSave={() => void submit()}
        onDiscard={() => {
          setChecked(false);
          save.reset();
          onDraft(null);
        }}
      />
    </div>
  );
}
