import { useAppState } from '../../app/context.ts';
import { Page } from '../../components/Page.tsx';
import { Automations } from './Automations.tsx';
import { Consent } from './Consent.tsx';
import { General } from './General.tsx';
import { GlobalSync } from './GlobalSync.tsx';
import { InitialSyncState } from './InitialSyncState.tsx';
import { JobSchedule } from './JobSchedule.tsx';
import { SafetyLimits } from './SafetyLimits.tsx';

export function SyncSettingsScreen() {
  const state = useAppState();
  const { syncSettings, safety, consent, general } = state.settings;
  return (
    <Page title="Sync Settings" lead="When people are synced, which way, and within which limits.">
      <GlobalSync settings={syncSettings} />
      <InitialSyncState state={state} />
      <JobSchedule state={state} />
      <Automations settings={syncSettings} />
      <SafetyLimits settings={safety} />
      <Consent settings={consent} />
      <General settings={general} />
    </Page>
  );
}
