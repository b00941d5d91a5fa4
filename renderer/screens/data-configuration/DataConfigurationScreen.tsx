import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Spinner, Tab, TabList } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import { useCallback, useState } from 'react';
import { type Entity, entities } from '../../../shared/entity.ts';
import { draftKey, useAppState, useNoteUnsaved, useOpenScreen } from '../../app/context.ts';
import { useSameWhileEqual } from '../../app/use-same-while-equal.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { CreatedOptionsContext } from './created-options.ts';
import { type EntityDraft, isChanged } from './draft.ts';
import { EntityForm } from './EntityForm.tsx';
import { NewcomersQuestion } from './NewcomersQuestion.tsx';
import { useFieldChoices } from './use-field-choices.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px' },
  tabs: { marginInline: '-10px', flexGrow: 1 },
  loading: { minHeight: '240px' },
});

export function DataConfigurationScreen() {
  const state = useAppState();
  return (
    <Page title="Data Configuration" lead="Who takes part, which fields are kept in step, and who wins when both sides changed.">
      {state.connected ? <Configuration key={draftKey('dataConfiguration', state)} /> : <NotConnected />}
    </Page>
  );
}

function NotConnected() {
  const open = useOpenScreen();
  return (
    <Section
      title="Connect both accounts first"
      lead="The columns of Dynamics and the fields of ActiveCampaign that you can choose from are read from your accounts."
      aside={
        <Button appearance="primary" onClick={() => open('connection')}>
          Go to Connection
        </Button>
      }
    />
  );
}

const tabNames = { lead: 'Leads', contact: 'Contacts' } as const satisfies Record<Entity, string>;

const nothingChanged: Partial<EntityDraft> = {};

function Configuration() {
  const styles = useStyles();
  const [entity, setEntity] = useState<Entity>('lead');
  const [drafts, setDrafts] = useState<Readonly<Record<Entity, Partial<EntityDraft>>>>({ lead: nothingChanged, contact: nothingChanged });
  const dataConfiguration = useSameWhileEqual(useAppState().settings.dataConfiguration);
  const changed = entities.filter((name) => isChanged(dataConfiguration[name], drafts[name]));
  useNoteUnsaved('dataConfiguration', 'dataConfiguration', changed.length > 0);
  const { value: choices, error, pending, readAgain, replaceOptions } = useFieldChoices(entity);
  const change = useCallback(
    (part: Partial<EntityDraft>) => setDrafts((before) => ({ ...before, [entity]: { ...before[entity], ...part } })),
    [entity],
  );

  return (
    <>
      <div className={styles.bar}>
        <TabList
          className={styles.tabs}
          selectedValue={entity}
          onTabSelect={(_event, { value }) => setEntity(value === 'contact' ? 'contact' : 'lead')}
        >
          {entities.map((name) => (
            <Tab key={name} value={name}>
              {tabNames[name]}
              {changed.includes(name) && <span title="Not saved"> •</span>}
            </Tab>
          ))}
        </TabList>
        <Button appearance="subtle" icon={<ArrowClockwiseRegular />} disabledFocusable={pending} onClick={readAgain}>
          {pending && choices !== null ? 'Reading the fields' : 'Read the fields again'}
        </Button>
      </div>
      <NewcomersQuestion entity={entity} />
      {choices === null && pending && <Spinner className={styles.loading} label="Reading the fields of both accounts" delay={300} />}
      {error !== null && <ErrorMessage error={error} action={<Button onClick={readAgain}>Try again</Button>} />}
      {choices !== null && choices.columns.length === 0 && <NoTable entity={entity} />}
      {choices !== null && (
        <CreatedOptionsContext value={replaceOptions}>
          <EntityForm
            key={entity}
            entity={entity}
            saved={dataConfiguration[entity]}
            draft={drafts[entity]}
            choices={choices}
            onChange={change}
            onReset={() => setDrafts((before) => ({ ...before, [entity]: nothingChanged }))}
          />
        </CreatedOptionsContext>
      )}
    </>
  );
}

function NoTable({ entity }: { readonly entity: Entity }) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>This Dynamics environment has no {entity}s.</MessageBarTitle>{' '}
        {entity === 'lead'
          ? 'Leads come with the Sales app. Until it is installed, they are left out of the sync.'
          : 'They are left out of the sync.'}
      </MessageBarBody>
    </MessageBar>
  );
}
