import { Button } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { useApi, useAppState, useOpenScreen } from '../../app/context.ts';
import { firstStartStep, isFirstStart } from '../../app/first-start/FirstStart.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { Accounts } from './Accounts.tsx';
import { AttentionList } from './AttentionList.tsx';
import { LastRuns } from './LastRuns.tsx';
import { Now } from './Now.tsx';

export function OverviewScreen() {
  const api = useApi();
  const state = useAppState();
  const { answer, reload } = useAnswer(api.call.getOverview, `${state.mode} ${state.lastRun?.number} ${state.lastRun?.finishedAt}`);
  // As it will be, so that nothing moves when the answer comes.
  const runs = answer.kind === 'loaded' ? answer.value.runs : state.lastRun === null ? [] : null;
  return (
    <Page title="Overview" lead="How your two accounts stand, what comes next, and what needs you.">
      {!state.connected || isFirstStart(state) ? (
        <NotStarted state={state} />
      ) : (
        <Now state={state} linked={answer.kind === 'loaded' ? answer.value.linked : null} />
      )}
      {state.connected && <AttentionList attention={state.attention} />}
      {answer.kind === 'failed' && <ErrorMessage error={answer.error} action={<Button onClick={() => void reload()}>Try again</Button>} />}
      {answer.kind !== 'failed' && (state.connected || runs?.length !== 0) && <LastRuns runs={runs} />}
      {state.connected && <Accounts state={state} />}
    </Page>
  );
}

function NotStarted({ state }: { readonly state: AppState }) {
  const open = useOpenScreen();
  return state.connected ? (
    <Section
      title="Ready to start"
      lead="Both accounts are connected. Look once more at who and what is synced, and when; then see what the first run would do. Nothing is written before you press Start."
      aside={
        <Button appearance="primary" onClick={() => open(firstStartStep(state))}>
          Go on with the setup
        </Button>
      }
    />
  ) : (
    <Section
      title="Connect both accounts first"
      lead="Then choose who and what is synced under Data Configuration, and when under Sync Settings. Nothing is written before you have seen what the first run would do."
      aside={
        <Button appearance="primary" onClick={() => open('connection')}>
          Connect
        </Button>
      }
    />
  );
}
