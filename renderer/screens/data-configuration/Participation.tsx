import { Field, makeStyles, Switch } from '@fluentui/react-components';
import type { Entity } from '../../../shared/entity.ts';
import type { FieldChoices } from '../../../shared/field-choices.ts';
import type { ConflictWinner, Direction } from '../../../shared/settings.ts';
import { Choice } from '../../components/Choice.tsx';
import { Section } from '../../components/Section.tsx';
import { typedEntries } from '../../components/typed-entries.ts';
import type { DraftProblem } from './check-draft.ts';
import type { EntityDraft } from './draft.ts';
import { FileProblems } from './FileProblems.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', gap: '12px 20px', alignItems: 'start' },
  // Room for the longest consequence, so that nothing below moves with the choice.
  field: { minHeight: '112px', alignContent: 'start' },
});

const directionNames = {
  both: 'Both ways',
  toActiveCampaign: 'Only to ActiveCampaign',
  toDynamics: 'Only to Dynamics',
} as const satisfies Record<Direction, string>;

const directionConsequences: Readonly<Record<Direction, string>> = {
  both: 'New people and changes go both ways.',
  toActiveCampaign: 'Nothing that happens in ActiveCampaign reaches Dynamics.',
  toDynamics: 'Nothing that happens in Dynamics reaches ActiveCampaign.',
};

const winnerNames = {
  dynamics: 'Dynamics wins',
  activeCampaign: 'ActiveCampaign wins',
  newest: 'The newer change wins',
  ask: 'Hold it and ask me',
} as const satisfies Record<ConflictWinner, string>;

const winnerConsequences: Readonly<Record<ConflictWinner, string>> = {
  dynamics: 'ActiveCampaign takes over what Dynamics has. Only the field that both changed.',
  activeCampaign: 'Dynamics takes over what ActiveCampaign has. Only the field that both changed.',
  newest: 'Whichever side was changed last. Where that is not known, Dynamics wins.',
  ask: 'Both sides keep what they have until you decide under People. Everything else goes on.',
};

/** The list that new people join: an id, or this where they join none. */
const noList = 'none';

interface ParticipationProps {
  readonly entity: Entity;
  readonly draft: EntityDraft;
  readonly choices: FieldChoices;
  readonly problems: readonly DraftProblem[];
  readonly onChange: (change: Partial<EntityDraft>) => void;
}

/** Whether and how an entity takes part at all. */
export function Participation({ entity, draft, choices, problems, onChange }: ParticipationProps) {
  const styles = useStyles();
  const people = entity === 'lead' ? 'leads' : 'contacts';
  const { enabled, direction, conflictWinner, listId } = draft;
  const lostList = listId === null || choices.lists.some(({ id }) => id === listId) ? [] : ([[listId, `List ${listId}`]] as const);
  const listProblem = problems.find(({ at }) => at === 'list');
  return (
    <Section
      title={`Sync ${people}`}
      lead={`People who carry the tags of ${people} in ActiveCampaign and ${people} in Dynamics are kept in step.`}
      aside={
        <Switch
          aria-label={`Sync ${people}`}
          label={enabled ? 'On' : 'Off'}
          labelPosition="before"
          checked={enabled}
          onChange={(_event, data) => onChange({ enabled: data.checked })}
        />
      }
    >
      <div className={styles.fields}>
        <Field className={styles.field} label="Direction" hint={directionConsequences[direction]}>
          <Choice options={typedEntries(directionNames)} value={direction} onChoose={(chosen) => onChange({ direction: chosen })} />
        </Field>
        <Field className={styles.field} label="When both sides changed" hint={winnerConsequences[conflictWinner]}>
          <Choice options={typedEntries(winnerNames)} value={conflictWinner} onChoose={(chosen) => onChange({ conflictWinner: chosen })} />
        </Field>
        <Field
          className={styles.field}
          label="New people join"
          hint={
            direction === 'toDynamics'
              ? 'Nobody comes from Dynamics with this direction.'
              : 'Who comes from Dynamics from now on. Who has opted out joins no list.'
          }
          {...(listProblem !== undefined && { validationState: 'error' as const, validationMessage: listProblem.message })}
        >
          <Choice
            options={[[noList, 'No list'], ...lostList, ...choices.lists.map(({ id, name }) => [id, name] as const)]}
            value={listId ?? noList}
            onChoose={(id) => onChange({ listId: id === noList ? null : id })}
          />
        </Field>
      </div>
      <FileProblems entity={entity} part="participation" />
    </Section>
  );
}
