import type { AccountInfo, ICachePlugin } from '@azure/msal-node';
import { z } from 'zod';
import type { Vault } from '../secrets/vault.ts';

/** A browser sign-in as it is kept: whose it is, what it was made with, and the tokens. */
const keptSignIn = z.object({
  clientId: z.string(),
  /** As it was given: a GUID, a domain, or `organizations`. */
  tenantId: z.string(),
  loginOrigin: z.string(),
  account: z.object({
    homeAccountId: z.string(),
    /** The tenant that the account signed in to. */
    tenantId: z.string(),
    name: z.string(),
    username: z.string(),
  }),
  /** MSAL's token cache. */
  cache: z.string(),
});
export type KeptSignIn = z.infer<typeof keptSignIn>;

/** Where one sign-in is kept: in the vault once it is in use, in memory until then. */
export interface SignInKeeper {
  /** @throws VaultError */
  read(): Promise<KeptSignIn | null>;
  /** @throws VaultError; what was kept before is still there then. */
  write(signIn: KeptSignIn): Promise<void>;
  /** @throws VaultError */
  remove(): Promise<void>;
}

const entry = 'dynamics-user';

export function createVaultKeeper(vault: Vault): SignInKeeper {
  return {
    async read() {
      const text = await vault.read(entry);
      return text === null ? null : keptSignIn.parse(JSON.parse(text));
    },
    write: (signIn) => vault.write(entry, JSON.stringify(signIn)),
    remove: () => vault.remove(entry),
  };
}

export function createMemoryKeeper(initial: KeptSignIn | null = null): SignInKeeper {
  let kept = initial;
  return {
    read: async () => kept,
    write: async (signIn) => {
      kept = signIn;
    },
    remove: async () => {
      kept = null;
    },
  };
}

/** Hands MSAL the tokens of one account. What it renews is kept only while that account is still the one that is kept. */
export function cacheOf(keeper: SignInKeeper, account: KeptSignIn['account']): ICachePlugin {
  return {
    async beforeCacheAccess({ tokenCache }) {
      const kept = await keeper.read();
      if (kept?.account.homeAccountId === account.homeAccountId) tokenCache.deserialize(kept.cache);
    },
    async afterCacheAccess({ cacheHasChanged, tokenCache }) {
      if (!cacheHasChanged) return;
      const kept = await keeper.read();
      if (kept?.account.homeAccountId === account.homeAccountId) await keeper.write({ ...kept, cache: tokenCache.serialize() });
    },
  };
}

/** The account as it is kept. An account without a name goes by its user name. */
export const keptAccount = ({ homeAccountId, tenantId, name, username }: AccountInfo): KeptSignIn['account'] => ({
  homeAccountId,
  tenantId,
  name: name === undefined || name === '' ? username : name,
  username,
});
