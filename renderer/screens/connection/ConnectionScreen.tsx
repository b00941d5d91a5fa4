import { draftKey, useAppState } from '../../app/context.ts';
import { Page } from '../../components/Page.tsx';
import { ActiveCampaignConnection } from './ActiveCampaignConnection.tsx';
import { DynamicsConnection } from './DynamicsConnection.tsx';
import { KeychainProblem } from './KeychainProblem.tsx';
import { SampleDataOffer } from './SampleDataOffer.tsx';

export function ConnectionScreen() {
  const state = useAppState();
  const key = draftKey('connection', state);
  return (
    <Page title="Connection" lead="The two accounts that Leadferry keeps in step. Keys and secrets are kept in your system's keychain.">
      {state.keychain !== null && <KeychainProblem problem={state.keychain} />}
      {state.mode === 'real' && !state.connected && <SampleDataOffer />}
      <ActiveCampaignConnection key={`activeCampaign ${key}`} state={state} />
      <DynamicsConnection key={`dynamics ${key}`} state={state} />
    </Page>
  );
}
