import type { Problem, SecretState, SecretName as ShownName } from '../../shared/app-state.ts';
import { ApplicationError } from '../application-port.ts';
import type { SecretName, SecretReading, SecretStore, SecretWriting } from '../connections/secrets/secret-store.ts';

/** The secrets as the window knows them: whether they are there, never what they are. */
export interface SecretKeeper {
  states(): Readonly<Record<ShownName, SecretState>>;
  /** Why the keychain could not be used when it was last asked; null where it could. */
  problem(): Problem | null;
  /** @param value null leaves the stored one. @throws ApplicationError `secret-store-unavailable` */
  keep(name: ShownName, value: string | null): Promise<void>;
  /** @throws ApplicationError `secret-store-unavailable` */
  remove(name: ShownName): Promise<void>;
  /** Asks the keychain once more. */
  look(): Promise<void>;
  onChange(listener: () => void): () => void;
}

const storedAs: Readonly<Record<ShownName, SecretName>> = {
  activeCampaignKey: 'activecampaign-key',
  dynamicsClientSecret: 'dynamics-client-secret',
};

export async function createSecretKeeper(store: SecretStore): Promise<SecretKeeper> {
  const listeners = new Set<() => void>();
  const read = async () => {
    const [activeCampaignKey, dynamicsClientSecret] = await Promise.all([
      store.get(storedAs.activeCampaignKey),
      store.get(storedAs.dynamicsClientSecret),
    ]);
    return { activeCampaignKey, dynamicsClientSecret };
  };
  let readings = await read();

  const look = async (): Promise<void> => {
    readings = await read();
    for (const listener of listeners) listener();
  };

  const carryOut = async (write: SecretWriting): Promise<void> => {
    await look();
    if (write.kind !== 'done') throw new ApplicationError('secret-store-unavailable', problemOf(write));
  };

  return {
    states: () => ({
      activeCampaignKey: stateOf(readings.activeCampaignKey),
      dynamicsClientSecret: stateOf(readings.dynamicsClientSecret),
    }),
    problem: () => {
      const troubled = Object.values(readings).find(({ kind }) => kind === 'locked' || kind === 'unavailable');
      return troubled?.kind === 'locked' || troubled?.kind === 'unavailable' ? problemOf(troubled) : null;
    },
    keep: async (name, value) => {
      if (value !== null) await carryOut(await store.set(storedAs[name], value));
    },
    remove: async (name) => carryOut(await store.delete(storedAs[name])),
    look,
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

/** A locked keychain is told from one that is not there: another thing has to be done. */
function problemOf(trouble: Extract<SecretReading, { kind: 'locked' | 'unavailable' }>): Problem {
  if (trouble.kind === 'unavailable') return { message: trouble.reason, advice: trouble.advice };
  return {
    message: 'The keychain of this system is locked, or what Leadferry kept in it was removed.',
    advice: 'Unlock it and try again. Where an entry was removed, enter the key or the secret anew. Runs wait until then; nothing is lost.',
  };
}
