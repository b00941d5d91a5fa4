import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import type { Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({ words: { color: tokens.colorNeutralForeground2, maxWidth: '720px' } });

/** Whether ActiveCampaign's automations start for people who come in many at a time. */
export function Automations({ settings }: { readonly settings: Settings['syncSettings'] }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  const on = settings.importsStartAutomations;
  return (
    <Section
      title="Automations in ActiveCampaign"
      lead="Whether automations that begin with a tag or a list start for people whom Leadferry imports."
      aside={
        <Switch
          aria-label="Imports start automations"
          label={on ? 'On' : 'Off'}
          labelPosition="before"
          checked={on}
          disabled={save.state.kind === 'pending'}
          onChange={(_event, { checked }) =>
            void save.run(() => api.call.updateSettings({ syncSettings: { importsStartAutomations: checked } }))
          }
        />
      }
    >
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <Text className={styles.words}>
        {on
          ? 'A welcome automation greets everybody, also those who come with the Initial Sync: with thousands of people, that is thousands of e-mails. Switch this off before the Initial Sync if they are to come in quietly.'
          : 'People who come in ten or more at a time, as in the Initial Sync, come in quietly. Fewer than ten are written one by one, and automations always start for them.'}
      </Text>
    </Section>
  );
}
