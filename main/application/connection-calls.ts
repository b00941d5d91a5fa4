import type { Application } from '../application-port.ts';
import type { Connector } from '../services/connector.ts';
import { targetOf } from './browser-sign-in.ts';
import { type ConnectionStores, saveConnection } from './save-connection.ts';
import { testConnection } from './test-connection.ts';

type ConnectionCalls = Pick<
  Application,
  | 'testConnection'
  | 'saveConnection'
  | 'removeSecret'
  | 'lookAtKeychain'
  | 'signIn'
  | 'cancelSignIn'
  | 'openSignInPage'
  | 'signOut'
  | 'environments'
>;

/**
 * What the screen Connection asks for.
 * @param onChange To be called when what opens the accounts may be another.
 */
export function connectionCalls(stores: ConnectionStores & { readonly connector: Connector }, onChange: () => void): ConnectionCalls {
  const { settings, secrets, signIns, connector } = stores;
  return {
    testConnection: (draft, onProgress) => testConnection({ connector, signIns, settings: settings.current() }, draft, onProgress),
    saveConnection: async (draft) => {
      await saveConnection(stores, draft);
      onChange();
    },
    removeSecret: async (name) => {
      await secrets.remove(name);
      onChange();
    },
    lookAtKeychain: async () => {
      await secrets.look();
      await signIns.look();
      onChange();
    },
    signIn: async (request) => {
      const outcome = await signIns.begin(request);
      onChange();
      return outcome;
    },
    cancelSignIn: signIns.cancel,
    openSignInPage: signIns.openPage,
    signOut: async () => {
      await signIns.signOut();
      onChange();
    },
    environments: async (request) => {
      const target = targetOf(request);
      return connector.environments(target, request.cloud, signIns.latestFor(target));
    },
  };
}
