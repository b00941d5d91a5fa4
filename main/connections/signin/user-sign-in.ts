import type { AccessTokens } from '../dynamics/requests.ts';
import { VaultError } from '../secrets/vault.ts';
import { acquireToken, noTokenCache } from './acquire-token.ts';
import { cacheOf, type KeptSignIn, type SignInKeeper } from './kept-sign-in.ts';
import { sharedTokens } from './shared-tokens.ts';
import { createUserClient, type UserSignInPorts, type UserSignInTarget } from './user-client.ts';
import { notSignedIn, tokenRefused } from './user-sign-in-errors.ts';

export interface UserSignInOptions extends UserSignInPorts {
  readonly target: UserSignInTarget;
  readonly keeper: SignInKeeper;
  /** Origin of the service that the tokens are for: an environment, or the list of environments. */
  readonly resource: string;
  /** Told after each attempt: whether nobody but a person can go on. */
  readonly onNeedsPerson?: (needsPerson: boolean) => void;
}

/**
 * Tokens of a person who has signed in by browser before, renewed without them.
 * @throws ServiceError `bad-credentials` where nobody has, with this client id and tenant, or where the sign-in cannot be read.
 */
export async function createUserSignIn(options: UserSignInOptions): Promise<Required<AccessTokens>> {
  const { target, keeper, resource, onNeedsPerson = () => undefined } = options;
  const kept = await keptFor(target, keeper);
  const { application, network } = createUserClient(target, options, cacheOf(keeper, kept.account));

  return sharedTokens(async (forceRefresh) => {
    const result = await acquireToken(
      network,
      async () => {
        const accounts = await application.getTokenCache().getAllAccounts();
        const account = accounts.find(({ homeAccountId }) => homeAccountId === kept.account.homeAccountId);
        if (account === undefined) return null;
        return application.acquireTokenSilent({ account, scopes: [`${resource}/user_impersonation`], forceRefresh });
      },
      (refusal) => {
        onNeedsPerson(refusal.needsPerson || refusal.error === 'no_token');
        return tokenRefused(refusal, kept, resource);
      },
    );
    onNeedsPerson(false);
    return result.accessToken;
  });
}

async function keptFor(target: UserSignInTarget, keeper: SignInKeeper): Promise<KeptSignIn> {
  let kept: KeptSignIn | null;
  try {
    kept = await keeper.read();
  } catch (error) {
    throw error instanceof VaultError ? noTokenCache(error) : error;
  }
  if (kept === null || !isFor(kept, target)) throw notSignedIn();
  return kept;
}

/** Whether a sign-in was made with this registration, tenant and cloud. */
export function isFor(kept: UserSignInTarget, { clientId, tenantId, loginOrigin }: UserSignInTarget): boolean {
  return kept.clientId === clientId && kept.tenantId.toLowerCase() === tenantId.toLowerCase() && kept.loginOrigin === loginOrigin;
}
