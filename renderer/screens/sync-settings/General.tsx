import { Button, makeStyles, Switch } from '@fluentui/react-components';
import { OpenRegular } from '@fluentui/react-icons';
import type { Settings } from '../../../shared/settings.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Section } from '../../components/Section.tsx';
import { NotificationKinds } from './NotificationKinds.tsx';
import { NumberSetting } from './NumberSetting.tsx';

const useStyles = makeStyles({
  switches: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', marginLeft: '-8px' },
  keep: { maxWidth: '320px' },
});

const switches = [
  ['launchAtLogin', 'Start when I log in', 'so that scheduled runs happen without your thinking of it'],
  ['closeToTray', 'Keep running when the window is closed', 'Leadferry stays in the tray'],
  ['notifications', 'Show notifications', 'outside the window, about'],
] as const satisfies readonly (readonly [keyof Settings['general'], string, string])[];

/** How the app itself behaves. */
export function General({ settings }: { readonly settings: Settings['general'] }) {
  const styles = useStyles();
  const api = useApi();
  const save = useAction();
  const openFile = useAction();
  const update = (change: Partial<Settings['general']>) => void save.run(() => api.call.updateSettings({ general: change }));
  return (
    <Section
      title="General"
      lead="All settings are kept in config.json, which may be edited by hand as well."
      aside={
        <Button icon={<OpenRegular />} onClick={() => void openFile.run(api.call.openSettingsFile)}>
          Open config.json
        </Button>
      }
    >
      <div className={styles.switches}>
        {switches.map(([key, label, why]) => (
          <Switch
            key={key}
            label={`${label}: ${why}`}
            checked={settings[key]}
            onChange={(_event, { checked }) => update({ [key]: checked })}
          />
        ))}
        <NotificationKinds
          wanted={settings.notifyAbout}
          disabled={!settings.notifications}
          onChange={(kind, on) => update({ notifyAbout: { ...settings.notifyAbout, [kind]: on } })}
        />
      </div>
      <div className={styles.keep}>
        <NumberSetting
          key={settings.keepRunsDays}
          label="Keep runs, log and history for"
          hint="What is older goes after each run. Links and settings are never forgotten."
          unit="days"
          value={settings.keepRunsDays}
          min={1}
          max={3650}
          whole
          onChange={(keepRunsDays) => update({ keepRunsDays })}
        />
      </div>
      {save.state.kind === 'failed' && <ErrorMessage error={save.state.error} />}
      {openFile.state.kind === 'failed' && <ErrorMessage error={openFile.state.error} />}
    </Section>
  );
}
