import { requireValue, type SecretMarkers, type SecretName, type SecretStore } from './secret-store.ts';

/** Secrets that end with the process: for sample data and for tests. */
export function createMemorySecretStore(initial: Partial<Record<SecretName, string>> = {}): SecretStore {
  const secrets = new Map(Object.entries(initial));
  return {
    async get(name) {
      const value = secrets.get(name);
      return value === undefined ? { kind: 'absent' } : { kind: 'present', value };
    },
    async set(name, value) {
      requireValue(name, value);
      secrets.set(name, value);
      return { kind: 'done' };
    },
    async delete(name) {
      secrets.delete(name);
      return { kind: 'done' };
    },
  };
}

/** Markers that end with the process. */
export function createMemorySecretMarkers(): SecretMarkers {
  const names = new Set<SecretName>();
  return { has: (name) => names.has(name), add: (name) => void names.add(name), remove: (name) => void names.delete(name) };
}
