import { Button } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { useAppState, useOpenScreen } from '../../app/context.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { Page } from '../../components/Page.tsx';
import { PlannedLines } from '../../components/PlannedLines.tsx';
import { Section } from '../../components/Section.tsx';
import { MakingPreview } from './MakingPreview.tsx';
import { PreviewSummary } from './PreviewSummary.tsx';
import { StartSync } from './StartSync.tsx';
import { usePreview } from './use-preview.ts';

/** What the next run would do, before it does it; at the first start also the button that lets runs begin. */
export function PreviewScreen() {
  const state = useAppState();
  return (
    <Page title={titleOf(state)} lead="What would be written if it began now. Looking changes nothing on either side.">
      {state.connected ? <NextRun key={state.mode} state={state} /> : <NotConnected />}
    </Page>
  );
}

const titleOf = ({ initialSync, settings }: AppState): string =>
  settings.syncSettings.globalSync && initialSync.state !== 'finished' ? 'Preview of the Initial Sync' : 'Preview of the next run';

function NextRun({ state }: { readonly state: AppState }) {
  const { answer, make, end } = usePreview(state);
  const open = useOpenScreen();
  if (state.run !== null) {
    return (
      <Section
        title="A run is under way"
        lead="What comes after it can be looked at when it has ended."
        aside={<Button onClick={() => open('overview')}>See how far it is</Button>}
      />
    );
  }
  const preview = answer.kind === 'done' ? answer.value : null;
  return (
    <>
      {!state.started && <StartSync state={state} ready={preview !== null} />}
      {answer.kind === 'pending' && <MakingPreview progress={state.preview} onEnd={end} />}
      {answer.kind === 'failed' && <ErrorMessage error={answer.error} action={<Button onClick={make}>Try again</Button>} />}
      {answer.kind === 'done' && preview === null && (
        <Section
          title="The preview was ended"
          lead="Nothing was changed on either side."
          aside={
            <Button appearance={state.started ? 'primary' : 'secondary'} onClick={make}>
              Make the preview
            </Button>
          }
        />
      )}
      {preview !== null && (
        <>
          <PreviewSummary preview={preview} settings={state.settings} onAgain={make} />
          {preview.lines.length > 0 && (
            <PlannedLines
              label="What the next run would write"
              lead={preview.further === 0 ? 'Everything that it would write.' : 'The first people of each kind.'}
              lines={preview.lines}
              further={preview.further}
            />
          )}
        </>
      )}
    </>
  );
}

function NotConnected() {
  const open = useOpenScreen();
  return (
    <Section
      title="Connect both accounts first"
      lead="What a run would do is found by reading both of them."
      aside={
        <Button appearance="primary" onClick={() => open('connection')}>
          Go to Connection
        </Button>
      }
    />
  );
}
