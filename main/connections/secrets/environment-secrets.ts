import type { SecretName, SecretStore } from './secret-store.ts';

/** Variables that stand in for the keychain (contracts, section 4). */
const variables: Partial<Record<SecretName, string>> = {
  'activecampaign-key': 'LEADFERRY_ACTIVECAMPAIGN_KEY',
  'dynamics-client-secret': 'LEADFERRY_DYNAMICS_CLIENT_SECRET',
};

/** A store in which a variable that is set wins over the keychain, which is then not even asked. Writing goes to the keychain. */
export function withEnvironment(store: SecretStore, environment: Readonly<Record<string, string | undefined>>): SecretStore {
  return {
    async get(name) {
      const variable = variables[name];
      const value = variable === undefined ? undefined : environment[variable];
      return value === undefined || value === '' ? store.get(name) : { kind: 'present', value };
    },
    set: (name, value) => store.set(name, value),
    delete: (name) => store.delete(name),
  };
}
