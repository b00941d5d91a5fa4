import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { IpcError } from '../../shared/ipc.ts';
import { ServiceWords } from './ServiceWords.tsx';

const useStyles = makeStyles({
  body: { paddingBlock: '6px' },
  problems: { margin: '4px 0 0', paddingLeft: '20px' },
  path: { fontFamily: tokens.fontFamilyMonospace },
});

/** What happened, what to do, and the service's own words behind a click. */
export function ErrorMessage({ error, action }: { readonly error: IpcError; readonly action?: ReactNode }) {
  const styles = useStyles();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{error.message}</MessageBarTitle> {error.advice}
        {error.problems !== undefined && error.problems.length > 0 && (
          <ul className={styles.problems}>
            {error.problems.map(({ path, message }) => (
              <li key={path}>
                <span className={styles.path}>{path}</span>: {message}
              </li>
            ))}
          </ul>
        )}
        {error.serviceMessage !== undefined && <ServiceWords words={error.serviceMessage} />}
        {action}
      </MessageBarBody>
    </MessageBar>
  );
}
