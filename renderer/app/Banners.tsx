import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ErrorMessage } from '../components/ErrorMessage.tsx';
import { SettingsProblems } from '../components/SettingsProblems.tsx';
import { useApi, useAppState } from './context.ts';
import { useAction } from './use-action.ts';

const useStyles = makeStyles({
  banner: { borderRadius: 0, borderTopWidth: 0, borderLeftWidth: 0, borderRightWidth: 0, paddingInline: '24px', flexShrink: 0 },
  sample: { backgroundColor: tokens.colorBrandBackground2, borderBottomColor: tokens.colorBrandStroke2 },
  body: { paddingBlock: '6px' },
  path: { fontFamily: tokens.fontFamilyMonospace },
});

/** What a person has to know on every screen: that this is sample data, that the settings file cannot be used. */
export function Banners() {
  const styles = useStyles();
  const api = useApi();
  const open = useAction();
  const { mode, settingsProblems } = useAppState();
  return (
    <>
      {mode === 'sample' && <SampleBanner />}
      {settingsProblems.length > 0 && (
        <MessageBar intent="error" layout="multiline" className={styles.banner}>
          <MessageBarBody className={styles.body}>
            <MessageBarTitle>The settings file cannot be used.</MessageBarTitle> Leadferry goes on with the last good settings. Correct{' '}
            <span className={styles.path}>config.json</span>; it is read again by itself.
            <SettingsProblems problems={settingsProblems} />
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => void open.run(api.call.openSettingsFile)}>
              Open config.json
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {open.state.kind === 'failed' && <ErrorMessage error={open.state.error} />}
    </>
  );
}

function SampleBanner() {
  const styles = useStyles();
  const api = useApi();
  const leave = useAction();
  return (
    <>
      <MessageBar intent="info" className={mergeClasses(styles.banner, styles.sample)}>
        <MessageBarBody>
          <MessageBarTitle>Sample data.</MessageBarTitle> Everything works and nothing leaves this computer.
        </MessageBarBody>
        <MessageBarActions>
          <Button
            size="small"
            disabled={leave.state.kind === 'pending'}
            onClick={() => void leave.run(() => api.call.setSampleData(false))}
          >
            Leave sample data
          </Button>
        </MessageBarActions>
      </MessageBar>
      {leave.state.kind === 'failed' && <ErrorMessage error={leave.state.error} />}
    </>
  );
}
