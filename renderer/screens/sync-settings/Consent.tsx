import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import type { Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({ words: { color: tokens.colorNeutralForeground2, maxWidth: '720px' } });

export function Consent({ settings }: { readonly settings: Settings['consent'] }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  const on = settings.syncOptOut;
  return (
    <Section
      title="Consent"
      lead="Whether somebody who opts out of e-mail on one side is opted out on the other as well."
      aside={
        <Switch
          aria-label="Carry opt-outs to the other side"
          label={on ? 'On' : 'Off'}
          labelPosition="before"
          checked={on}
          disabled={save.state.kind === 'pending'}
          onChange={(_event, { checked }) => void save.run(() => api.call.updateSettings({ consent: { syncOptOut: checked } }))}
        />
      }
    >
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <Text className={styles.words}>
        {on
          ? 'Who unsubscribes in ActiveCampaign is marked “do not allow bulk e-mails” in Dynamics, and who is marked so there leaves the lists. Opt-outs go first in every run, and Leadferry never takes one back.'
          : 'An opt-out stays on the side where it was made: the other side may go on writing to that person. Leadferry never takes an opt-out back.'}
      </Text>
    </Section>
  );
}
