import type { Settings } from '../../shared/settings.ts';
import type { BlockedReason } from '../scheduler/scheduler.ts';
import type { BrowserSignIns } from './browser-sign-in.ts';
import type { SecretKeeper } from './secret-keeper.ts';

/** Why no run may begin, as long as what opens an account was never given, or was removed. What cannot be read is tried, and told by the run. */
export function missingCredentials({ dynamics }: Settings, secrets: SecretKeeper, signIns: BrowserSignIns): BlockedReason | null {
  const states = secrets.states();
  const missing = [
    ...(states.activeCampaignKey === 'absent' ? ['the ActiveCampaign API key'] : []),
    ...(dynamics.signIn === 'application' && states.dynamicsClientSecret === 'absent' ? ['the client secret of Dynamics 365'] : []),
    ...(dynamics.signIn === 'user' && signIns.state().state === 'signedOut' ? ['the sign-in to Dynamics 365'] : []),
  ];
  if (missing.length === 0) return null;
  return { code: 'not-connected', message: `Not connected: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.` };
}
