import type { ICachePlugin } from '@azure/msal-node';
import type { Vault } from '../secrets/vault.ts';

/**
 * Keeps MSAL's token cache in the vault: it is larger than an entry of an operating system's keychain may be. A vault that cannot be read
 * ends the sign-in with the vault's own error; an empty cache in its place would silently sign the person out.
 */
export function createTokenCache(vault: Vault, entry: string): ICachePlugin {
  return {
    async beforeCacheAccess(context) {
      const cached = await vault.read(entry);
      if (cached !== null) context.tokenCache.deserialize(cached);
    },
    async afterCacheAccess(context) {
      if (context.cacheHasChanged) await vault.write(entry, context.tokenCache.serialize());
    },
  };
}
