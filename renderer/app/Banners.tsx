import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import { ErrorMessage } from '../components/ErrorMessage.tsx';
import { ServiceWords } from '../components/ServiceWords.tsx';
import { useApi, useAppState } from './context.ts';
import { useAction } from './use-action.ts';

const useStyles = makeStyles({
  banners: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 32px 0', ':empty': { display: 'none' } },
  body: { paddingBlock: '6px' },
  problems: { margin: '4px 0 0', paddingLeft: '20px' },
  path: { fontFamily: tokens.fontFamilyMonospace },
});

/** What a person has to know on every screen: sample data, settings that cannot be used, what needs attention. */
export function Banners() {
  const styles = useStyles();
  const { mode, settingsProblems, attention } = useAppState();
  return (
    <div className={styles.banners}>
      {mode === 'sample' && <SampleBanner />}
      {settingsProblems.length > 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody className={styles.body}>
            <MessageBarTitle>The settings file cannot be used.</MessageBarTitle> Leadferry goes on with the last good settings. Correct{' '}
            <span className={styles.path}>config.json</span>; it is read again by itself.
            <ul className={styles.problems}>
              {settingsProblems.map(({ path, message }) => (
                <li key={path + message}>
                  <span className={styles.path}>{path}</span>: {message}
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      {attention.map(({ message, advice, serviceMessage }) => (
        <MessageBar key={message} intent="warning" layout="multiline">
          <MessageBarBody className={styles.body}>
            <MessageBarTitle>{message}</MessageBarTitle> {advice}
            {serviceMessage !== undefined && <ServiceWords words={serviceMessage} />}
          </MessageBarBody>
        </MessageBar>
      ))}
    </div>
  );
}

function SampleBanner() {
  const api = useApi();
  const leave = useAction();
  return (
    <>
      <MessageBar intent="info">
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
