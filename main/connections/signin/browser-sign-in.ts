import type { ServiceError } from '../errors.ts';
import { acquireToken } from './acquire-token.ts';
import { type KeptSignIn, keptAccount } from './kept-sign-in.ts';
import { failedPage, succeededPage } from './sign-in-pages.ts';
import { createUserClient, type UserClient, type UserSignInPorts, type UserSignInTarget } from './user-client.ts';
import { browserSignInRefused, noBrowser } from './user-sign-in-errors.ts';

export interface BrowserSignInOptions extends UserSignInPorts {
  readonly target: UserSignInTarget;
  /** Origin of the service that the first token is for; those of other services of the cloud follow from it without the person. */
  readonly resource: string;
  /** Opens the page in the browser of the system. Rejects where that cannot be done. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** User name to suggest. */
  readonly loginHint?: string;
  /** Ends the wait for the browser; its reason is then thrown. */
  readonly cancel: AbortSignal;
}

/**
 * Has a person sign in with the browser of the system (authorization code with PKCE), which answers on a loopback address.
 * @throws ServiceError for everything that can go wrong on the way; the reason of `cancel` when that ends it.
 */
export async function signInByBrowser(options: BrowserSignInOptions): Promise<KeptSignIn> {
  const { target, resource, openBrowser, loginHint, cancel } = options;
  const client = createUserClient(target, options);
  await checkTenant(client, target);
  let browserFailure: ServiceError | null = null;
  let endWait = () => {};

  const openPage = async (address: string): Promise<void> => {
    const url = new URL(address);
    endWait = () => void answerLoopback(url.searchParams, options);
    if (cancel.aborted) return endWait();
    cancel.addEventListener('abort', endWait, { once: true });
    try {
      await openBrowser(client.redirectTo === null ? address : `${client.redirectTo}${url.pathname}${url.search}`);
    } catch (error) {
      browserFailure = noBrowser(error instanceof Error ? error.message : String(error));
      throw browserFailure;
    }
  };

  try {
    const { account } = await acquireToken(
      client.network,
      () =>
        client.application.acquireTokenInteractive({
          scopes: [`${resource}/user_impersonation`],
          openBrowser: openPage,
          successTemplate: succeededPage,
          errorTemplate: failedPage,
          ...(loginHint === undefined ? { prompt: 'select_account' } : { loginHint }),
        }),
      (refusal) => browserSignInRefused(refusal, target),
    );
    cancel.throwIfAborted();
    if (account === null)
      throw browserSignInRefused({ words: 'no account came', status: undefined, error: 'no_account', needsPerson: false }, target);
    return { ...target, account: keptAccount(account), cache: client.application.getTokenCache().serialize() };
  } catch (error) {
    cancel.throwIfAborted();
    throw browserFailure ?? error;
  } finally {
    cancel.removeEventListener('abort', endWait);
  }
}

/** MSAL takes a tenant as it is given, and the browser would be where a wrong one is found out. */
async function checkTenant({ network }: UserClient, target: UserSignInTarget): Promise<void> {
  network.reset();
  const { loginOrigin, tenantId } = target;
  try {
    await network.module.sendGetRequestAsync(`${loginOrigin}/${tenantId}/v2.0/.well-known/openid-configuration`);
  } catch (error) {
    throw network.failure() ?? error;
  }
  const refusal = network.refusal();
  if (refusal !== null) throw browserSignInRefused({ ...refusal, error: 'invalid_request', needsPerson: false }, target);
}

/** MSAL waits for an answer on its loopback address and cannot be told to stop: this gives it the answer of a person who cancels. */
async function answerLoopback(request: URLSearchParams, { transport }: BrowserSignInOptions): Promise<void> {
  const port = URL.parse(request.get('redirect_uri') ?? '')?.port ?? '';
  const answer = new URLSearchParams({ error: 'access_denied', error_subcode: 'cancel', state: request.get('state') ?? '' });
  await transport(
    {
      method: 'POST',
      url: `http://127.0.0.1:${port}/`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: answer.toString(),
    },
    { timeoutMs: 5_000, maxResponseBytes: 1024 * 1024 },
  ).catch(() => undefined);
}
