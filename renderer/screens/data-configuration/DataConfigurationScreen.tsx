import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Spinner, Tab, TabList } from '@fluentui/react-components';
import { useCallback, useState } from 'react';
import { type Entity, entities } from '../../../shared/entity.ts';
import { useAppState, useOpenScreen } from '../../app/context.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import type { EntityDraft } from './draft.ts';
import { EntityForm } from './EntityForm.tsx';
import { useFieldChoices } from './use-field-choices.ts';

const useStyles = makeStyles({
  tabs: { marginInline: '-10px' },
  loading: { minHeight: '240px' },
});

export function DataConfigurationScreen() {
  const { connected, mode } = useAppState();
  return (
    <Page title="Data Configuration" lead="Who takes part, which fields are kept in step, and who wins when both sides changed.">
      {connected ? <Configuration key={mode} /> : <NotConnected />}
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
  const { dataConfiguration } = useAppState().settings;
  const { choices, reload } = useFieldChoices(entity);
  const change = useCallback(
    (part: Partial<EntityDraft>) => setDrafts((before) => ({ ...before, [entity]: { ...before[entity], ...part } })),
    [entity],
  );

  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={entity}
        onTabSelect={(_event, { value }) => setEntity(value === 'contact' ? 'contact' : 'lead')}
      >
        {entities.map((name) => (
          <Tab key={name} value={name}>
            {tabNames[name]}
            {drafts[name] !== nothingChanged && <span title="Not saved"> •</span>}
          </Tab>
        ))}
      </TabList>
      {choices.kind === 'loading' && <Spinner className={styles.loading} label="Reading the fields of both accounts" delay={300} />}
      {choices.kind === 'failed' && <ErrorMessage error={choices.error} action={<Button onClick={reload}>Try again</Button>} />}
      {choices.kind === 'loaded' && choices.value.columns.length === 0 && <NoTable entity={entity} />}
      {choices.kind === 'loaded' && (
        <EntityForm
          key={entity}
          entity={entity}
          saved={dataConfiguration[entity]}
          draft={drafts[entity]}
          choices={choices.value}
          onChange={change}
          onReset={() => setDrafts((before) => ({ ...before, [entity]: nothingChanged }))}
        />
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
