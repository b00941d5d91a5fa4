import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import type { Problem } from '../../../shared/app-state.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';

const useStyles = makeStyles({ body: { paddingBlock: '6px' } });

/** The keychain of the system is locked or not there: what that means, and the way out. */
export function KeychainProblem({ problem }: { readonly problem: Problem }) {
  const styles = useStyles();
  const api = useApi();
  const look = useAction();
  const pending = look.state.kind === 'pending';
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{problem.message}</MessageBarTitle> {problem.advice}
      </MessageBarBody>
      <MessageBarActions>
        <Button disabledFocusable={pending} onClick={() => void look.run(api.call.lookAtKeychain)}>
          {pending ? 'Trying…' : 'Try again'}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
