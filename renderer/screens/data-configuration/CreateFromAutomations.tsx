import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import type { AutomationChoice } from '../../../shared/automation.ts';
import type { Entity } from '../../../shared/entity.ts';
import { useApi } from '../../app/context.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Picker } from '../../components/Picker.tsx';
import { Section } from '../../components/Section.tsx';
import type { EntityDraft } from './draft.ts';
import { TagSteps } from './TagSteps.tsx';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px', maxWidth: '480px' },
  item: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    paddingLeft: '12px',
    minHeight: '36px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  add: { maxWidth: '480px' },
  quiet: { color: tokens.colorNeutralForeground2, maxWidth: '640px' },
  summary: { cursor: 'pointer', color: tokens.colorBrandForegroundLink },
  alternative: { display: 'flex', flexDirection: 'column', gap: '12px', paddingTop: '10px' },
});

interface CreateFromAutomationsProps {
  readonly entity: Entity;
  readonly draft: EntityDraft;
  readonly onChange: (change: Partial<EntityDraft>) => void;
}

/** Automations whose people are created in Dynamics; and how an automation does the same with two tags. */
export function CreateFromAutomations({ entity, draft, onChange }: CreateFromAutomationsProps) {
  const styles = useStyles();
  const api = useApi();
  const { answer, reload } = useAnswer(api.call.getAutomations);
  const { createFromAutomations: chosen, enabled, direction } = draft;
  const automations = answer.kind === 'loaded' ? answer.value : [];
  const offered = automations.filter(({ id }) => !chosen.includes(id));
  const choose = (ids: string[]) => onChange({ createFromAutomations: ids });
  return (
    <Section
      title={`Create a ${entity} when somebody enters an automation`}
      lead={`At each sync, Leadferry looks who has entered these automations in ActiveCampaign, gives each of them the two tags and creates a ${entity} in Dynamics. People who entered before you chose the automation do not count.`}
    >
      {answer.kind === 'failed' && <ErrorMessage error={answer.error} action={<Button onClick={() => void reload()}>Try again</Button>} />}
      {chosen.length > 0 && (
        <ul className={styles.list} aria-label="Chosen automations">
          {chosen.map((id) => (
            <li key={id} className={styles.item}>
              <Chosen
                id={id}
                automation={automations.find((automation) => automation.id === id)}
                loaded={answer.kind === 'loaded'}
                onRemove={() => choose(chosen.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        <Picker
          label="Add an automation"
          placeholder={answer.kind === 'loading' ? 'Reading the automations …' : 'Add an automation'}
          options={offered.map(({ id, name, active }) => ({ value: id, label: name, ...(!active && { detail: 'Switched off' }) }))}
          value={null}
          onPick={(id) => choose([...chosen, id])}
        />
      </div>
      {chosen.length > 0 && (!enabled || direction === 'toActiveCampaign') && (
        <Text className={styles.quiet}>
          {enabled
            ? `${plurals[entity]} go to ActiveCampaign only, so nobody is created now.`
            : `${plurals[entity]} are switched off, so nobody is created now.`}{' '}
          People who enter meanwhile do not count later either.
        </Text>
      )}
      <Text className={styles.quiet}>
        People who are in sync already stay as they are. Whoever enters one automation for leads and one for contacts becomes a contact.
      </Text>
      <details>
        <summary className={styles.summary}>
          <Text>Or let the automation give the tags itself</Text>
        </summary>
        <div className={styles.alternative}>
          <Text className={styles.quiet}>
            Open the automation in ActiveCampaign and add two steps “Add a tag” where the {entity} is to be created. Leadferry notices the
            tags at the next sync. Both are needed; which comes first does not matter. Such an automation need not be chosen above.
          </Text>
          <TagSteps entity={entity} />
        </div>
      </details>
    </Section>
  );
}

const plurals = { lead: 'Leads', contact: 'Contacts' } as const satisfies Record<Entity, string>;

interface ChosenProps {
  readonly id: string;
  /** Undefined while they are read, and where ActiveCampaign has none with this id. */
  readonly automation: AutomationChoice | undefined;
  readonly loaded: boolean;
  readonly onRemove: () => void;
}

function Chosen({ id, automation, loaded, onRemove }: ChosenProps) {
  const styles = useStyles();
  const name = automation?.name ?? `Automation ${id}`;
  return (
    <>
      <Text className={styles.name}>{name}</Text>
      {automation?.active === false && (
        <Badge appearance="tint" color="informative">
          Switched off
        </Badge>
      )}
      {automation === undefined && loaded && (
        <Badge appearance="tint" color="warning">
          Not in ActiveCampaign any more
        </Badge>
      )}
      <Button appearance="subtle" icon={<DismissRegular />} aria-label={`Remove ${name}`} onClick={onRemove} />
    </>
  );
}
