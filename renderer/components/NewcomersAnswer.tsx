import { Button, makeStyles } from '@fluentui/react-components';
import type { Entity } from '../../shared/entity.ts';
import { useApi, useOpenScreen } from '../app/context.ts';
import { useAction } from '../app/use-action.ts';
import { ErrorMessage } from './ErrorMessage.tsx';

const useStyles = makeStyles({ answers: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

/** Whether those whom a change of the settings lets in come in at the next run. */
export function NewcomersAnswer({ entity }: { readonly entity: Entity }) {
  const styles = useStyles();
  const api = useApi();
  const open = useOpenScreen();
  const action = useAction();
  const answer = (bring: boolean) => void action.run(() => api.call.answerNewcomers({ entity, bring }));
  const pending = action.state.kind === 'pending';
  return (
    <>
      <div className={styles.answers}>
        <Button appearance="primary" disabled={pending} onClick={() => answer(true)}>
          Bring them in
        </Button>
        <Button disabled={pending} onClick={() => answer(false)}>
          Leave them out
        </Button>
        <Button appearance="subtle" onClick={() => open('people', { who: 'newcomers' })}>
          See who
        </Button>
      </div>
      {action.state.kind === 'failed' && <ErrorMessage error={action.state.error} />}
    </>
  );
}
