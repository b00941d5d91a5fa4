import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { IpcError } from '../../shared/ipc.ts';
import { ServiceWords } from './ServiceWords.tsx';
import { SettingsProblems } from './SettingsProblems.tsx';

const useStyles = makeStyles({ body: { paddingBlock: '6px' } });

/** What happened, what to do, and the service's own words behind a click. */
export function ErrorMessage({ error, action }: { readonly error: IpcError; readonly action?: ReactNode }) {
  const styles = useStyles();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{error.message}</MessageBarTitle> {error.advice}
        {error.problems !== undefined && error.problems.length > 0 && <SettingsProblems problems={error.problems} />}
        {error.serviceMessage !== undefined && <ServiceWords words={error.serviceMessage} />}
        {action}
      </MessageBarBody>
    </MessageBar>
  );
}
