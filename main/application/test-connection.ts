import type { ConnectionCheck, ConnectionDraft } from '../../shared/connection.ts';
import { entities } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import { activeCampaignChecks } from '../connections/activecampaign/check.ts';
import { type Check, runChecklist } from '../connections/checklist.ts';
import { dynamicsChecks } from '../connections/dynamics/check.ts';
import { ServiceError } from '../connections/errors.ts';
import { loginOriginFor } from '../connections/signin/login-host.ts';
import type { Connector } from '../services/connector.ts';
import type { BrowserSignIns } from './browser-sign-in.ts';

export interface TestedWith {
  readonly connector: Connector;
  readonly signIns: Pick<BrowserSignIns, 'pendingFor'>;
  readonly settings: Settings;
}

/** Proves a draft line by line; nothing is kept, and a failed line is an answer. */
export async function testConnection(
  tested: TestedWith,
  draft: ConnectionDraft,
  onProgress: (checks: readonly ConnectionCheck[]) => void,
): Promise<readonly ConnectionCheck[]> {
  let checks: readonly Check[];
  try {
    checks = await checksOf(tested, draft);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { message, advice, serviceMessage } = error.details;
    const label = draft.service === 'dynamics' && draft.signIn === 'user' ? 'Address and sign-in' : 'Address and secret';
    return [{ id: 'prepared', label, outcome: 'failed', message, advice, ...(serviceMessage !== undefined && { serviceMessage }) }];
  }
  return runChecklist(checks, onProgress);
}

async function checksOf({ connector, signIns, settings }: TestedWith, draft: ConnectionDraft): Promise<readonly Check[]> {
  const uncounted = () => undefined;
  const synced = entities.filter((entity) => settings.dataConfiguration[entity].enabled);
  const mappings = synced.map((entity) => [entity, settings.dataConfiguration[entity].mappings] as const);
  if (draft.service === 'activeCampaign') {
    const options = await connector.activeCampaignOptions(draft.apiUrl, draft.key, uncounted);
    return activeCampaignChecks({ ...options, mappings: mappings.flatMap(([, rows]) => rows) });
  }
  const { service: _, clientSecret, ...dynamics } = draft;
  const { clientId, tenantId, environmentUrl, signIn, clientSecretEndsOn } = dynamics;
  const pending = signIns.pendingFor({ clientId, tenantId, loginOrigin: loginOriginFor(environmentUrl) });
  const options = await connector.dynamicsOptions(dynamics, { clientSecret, signIn: pending }, uncounted);
  return dynamicsChecks({
    ...options,
    mappings: Object.fromEntries(mappings),
    who: signIn === 'user' ? 'the account' : 'the application user',
    secretEndsOn: signIn === 'application' ? clientSecretEndsOn : null,
  });
}
