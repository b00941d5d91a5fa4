import { Button } from '@fluentui/react-components';
import type { AppState } from '../../../shared/app-state.ts';
import { useApi, useOpenScreen } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { frequencyNames } from '../../components/names.ts';
import { Section } from '../../components/Section.tsx';

/** The last step of the first start: runs begin only after this. */
export function StartSync({ state, ready }: { readonly state: AppState; readonly ready: boolean }) {
  const api = useApi();
  const open = useOpenScreen();
  const start = useAction();
  const { globalSync } = state.settings.syncSettings;
  return (
    <Section
      title="Nothing has been written yet"
      lead={`${globalSync ? 'Start begins the Initial Sync' : 'Start begins the first run'}, and from then on Leadferry syncs by itself: ${scheduleWords(state)}.`}
      aside={
        <Button
          appearance="primary"
          size="large"
          disabledFocusable={!ready || start.state.kind === 'pending'}
          onClick={() =>
            void start.run(api.call.start).then((started) => {
              if (started) open('overview');
            })
          }
        >
          Start
        </Button>
      }
    >
      {start.state.kind === 'failed' && <ErrorMessage error={start.state.error} />}
    </Section>
  );
}

function scheduleWords({ settings: { syncSettings } }: AppState): string {
  const { jobFrequency, dailyAt } = syncSettings;
  return jobFrequency === 'daily' ? `once a day at ${dailyAt}` : `every ${frequencyNames[jobFrequency].replace(/^1 /, '')}`;
}
