import type { SecretState, SecretName as ShownName } from '../../shared/app-state.ts';
import { ApplicationError } from '../application-port.ts';
import type { SecretName, SecretReading, SecretStore, SecretWriting } from '../connections/secrets/secret-store.ts';

/** The secrets as the window knows them: whether they are there, never what they are. */
export interface SecretKeeper {
  states(): Readonly<Record<ShownName, SecretState>>;
  /** @param value null leaves the stored one. @throws ApplicationError `secret-store-unavailable` */
  keep(name: ShownName, value: string | null): Promise<void>;
  /** @throws ApplicationError `secret-store-unavailable` */
  remove(name: ShownName): Promise<void>;
  onChange(listener: () => void): () => void;
}

const storedAs: Readonly<Record<ShownName, SecretName>> = {
  activeCampaignKey: 'activecampaign-key',
  dynamicsClientSecret: 'dynamics-client-secret',
};

export async function createSecretKeeper(store: SecretStore): Promise<SecretKeeper> {
  const listeners = new Set<() => void>();
  const look = async (name: ShownName): Promise<SecretState> => stateOf(await store.get(storedAs[name]));
  const [key, clientSecret] = await Promise.all([look('activeCampaignKey'), look('dynamicsClientSecret')]);
  const states: Record<ShownName, SecretState> = { activeCampaignKey: key, dynamicsClientSecret: clientSecret };

  const carryOut = async (name: ShownName, write: (stored: SecretName) => Promise<SecretWriting>): Promise<void> => {
    const result = await write(storedAs[name]);
    states[name] = await look(name);
    for (const listener of listeners) listener();
    if (result.kind === 'done') return;
    const problem =
      result.kind === 'locked'
        ? { message: 'The keychain is locked.', advice: 'Unlock it and try again.' }
        : { message: result.reason, advice: result.advice };
    throw new ApplicationError('secret-store-unavailable', problem);
  };

  return {
    states: () => ({ ...states }),
    keep: async (name, value) => {
      if (value !== null) await carryOut(name, (stored) => store.set(stored, value));
    },
    remove: (name) => carryOut(name, (stored) => store.delete(stored)),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function stateOf(reading: SecretReading): SecretState {
  switch (reading.kind) {
    case 'present':
      return 'stored';
    case 'absent':
      return 'absent';
    case 'locked':
    case 'unavailable':
      return 'unreadable';
  }
}
