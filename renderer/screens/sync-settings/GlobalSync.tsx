import { makeStyles, Switch, tokens } from '@fluentui/react-components';
import type { Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';

const useStyles = makeStyles({
  meanings: { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: '16px', rowGap: '6px', margin: 0 },
  term: { fontWeight: tokens.fontWeightSemibold },
  meaning: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export function GlobalSync({ settings }: { readonly settings: Settings['syncSettings'] }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  return (
    <Section
      title="Global Sync"
      lead="Whether people and changes travel from Dynamics to ActiveCampaign."
      aside={
        <Switch
          aria-label="Global Sync"
          label={settings.globalSync ? 'On' : 'Off'}
          labelPosition="before"
          checked={settings.globalSync}
          disabled={save.state.kind === 'pending'}
          onChange={(_event, { checked }) => void save.run(() => api.call.updateSettings({ syncSettings: { globalSync: checked } }))}
        />
      }
    >
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      <dl className={styles.meanings}>
        <dt className={styles.term}>On</dt>
        <dd className={styles.meaning}>The one-time Initial Sync runs. From then on, every scheduled sync goes both ways.</dd>
        <dt className={styles.term}>Off</dt>
        <dd className={styles.meaning}>
          Nothing goes from Dynamics to ActiveCampaign. What goes from ActiveCampaign to Dynamics goes on. When you switch it on again, what
          changed in the meantime is caught up.
        </dd>
      </dl>
    </Section>
  );
}
