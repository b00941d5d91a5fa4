import { useAppState } from '../../app/context.ts';
import { Page } from '../../components/Page.tsx';
import { Automations } from './Automations.tsx';
import { GlobalSync } from './GlobalSync.tsx';
import { InitialSyncState } from './InitialSyncState.tsx';
import { JobSchedule } from './JobSchedule.tsx';

export function SyncSettingsScreen() {
  const state = useAppState();
  return (
    <Page title="Sync Settings" lead="When people are synced, and which way.">
      <GlobalSync settings={state.settings.syncSettings} />
      <InitialSyncState state={state} />
      <JobSchedule state={state} />
      <Automations settings={state.settings.syncSettings} />
    </Page>
  );
}
