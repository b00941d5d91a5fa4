import type { AccessTokens } from '../dynamics/requests.ts';

/**
 * Tokens of a way to sign in: callers at the same time share one sign-in.
 * @param signIn answers a token; `renew` after the service has refused the last one, which whoever kept it would give out again.
 */
export function sharedTokens(signIn: (renew: boolean) => Promise<string>): Required<AccessTokens> {
  let renew = false;
  let signingIn: Promise<string> | null = null;

  async function next(): Promise<string> {
    const token = await signIn(renew);
    renew = false;
    return token;
  }

  return {
    accessToken() {
      signingIn ??= next().finally(() => {
        signingIn = null;
      });
      return signingIn;
    },
    rejected() {
      renew = true;
    },
  };
}
