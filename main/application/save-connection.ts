import type { ConnectionDraft } from '../../shared/connection.ts';
import type { Settings } from '../../shared/settings.ts';
import { loginOriginFor } from '../connections/signin/login-host.ts';
import type { Connector } from '../services/connector.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { BrowserSignIns } from './browser-sign-in.ts';
import { changeSettings, checkSettings } from './change-settings.ts';
import type { SecretKeeper } from './secret-keeper.ts';

export interface ConnectionStores {
  readonly settings: SettingsService;
  readonly secrets: SecretKeeper;
  readonly connector: Pick<Connector, 'forgetSignIn'>;
  readonly signIns: BrowserSignIns;
}

type KeptBySaving = Omit<ConnectionStores, 'signIns'> & { readonly signIns: Pick<BrowserSignIns, 'look' | 'save'> };

/**
 * Keeps what opens the account, then its address in the settings: never the key of one account for the address of another, and nothing at
 * all where the address cannot be kept.
 * @throws ApplicationError `settings-refused`, `secret-store-unavailable`.
 */
export async function saveConnection({ settings, secrets, connector, signIns }: KeptBySaving, draft: ConnectionDraft): Promise<void> {
  if (draft.service === 'activeCampaign') {
    const change = (before: Settings): Settings => ({ ...before, activeCampaign: { apiUrl: draft.apiUrl } });
    checkSettings(settings, change);
    await secrets.keep('activeCampaignKey', draft.key);
    changeSettings(settings, change);
    return;
  }
  const { service: _, clientSecret, ...dynamics } = draft;
  const change = (before: Settings): Settings => ({ ...before, dynamics });
  checkSettings(settings, change);
  if (dynamics.signIn === 'user') {
    const { clientId, tenantId, environmentUrl } = dynamics;
    await signIns.save({ clientId, tenantId, loginOrigin: loginOriginFor(environmentUrl) });
  } else {
    await secrets.keep('dynamicsClientSecret', clientSecret);
    // Tokens of another secret or tenant are of no use, and a damaged vault must not stand in the way of a new sign-in.
    await connector.forgetSignIn();
    await signIns.look();
  }
  changeSettings(settings, change);
}
