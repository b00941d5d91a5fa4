import { Button, makeStyles, Spinner, Tab, TabList } from '@fluentui/react-components';
import { useState } from 'react';
import type { Entity } from '../../../shared/entity.ts';
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

function Configuration() {
  const styles = useStyles();
  const [entity, setEntity] = useState<Entity>('lead');
  const [drafts, setDrafts] = useState<Readonly<Partial<Record<Entity, EntityDraft>>>>({});
  const { dataConfiguration } = useAppState().settings;
  const { choices, reload } = useFieldChoices(entity);

  return (
    <>
      <TabList
        className={styles.tabs}
        selectedValue={entity}
        onTabSelect={(_event, { value }) => setEntity(value === 'contact' ? 'contact' : 'lead')}
      >
        <Tab value="lead">Leads{drafts.lead !== undefined && ' •'}</Tab>
        <Tab value="contact">Contacts{drafts.contact !== undefined && ' •'}</Tab>
      </TabList>
      {choices.kind === 'loading' && <Spinner className={styles.loading} label="Reading the fields of both accounts" delay={300} />}
      {choices.kind === 'failed' && <ErrorMessage error={choices.error} action={<Button onClick={reload}>Try again</Button>} />}
      {choices.kind === 'loaded' && (
        <EntityForm
          key={entity}
          entity={entity}
          saved={dataConfiguration}
          draft={drafts[entity] ?? null}
          choices={choices.value}
          onDraft={(draft) => {
            const { [entity]: _replaced, ...others } = drafts;
            setDrafts(draft === null ? others : { ...others, [entity]: draft });
          }}
        />
      )}
    </>
  );
}
