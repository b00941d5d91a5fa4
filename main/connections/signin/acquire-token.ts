import { AuthError, type AuthenticationResult, InteractionRequiredAuthError } from '@azure/msal-node';
import { ServiceError } from '../errors.ts';
import { VaultError } from '../secrets/vault.ts';
import type { EntraNetwork } from './entra-network.ts';

/** Why Entra, or MSAL in its place, gives no token. */
export interface Refusal {
  /** Entra's own description where there is one, else MSAL's. */
  readonly words: string;
  readonly status: number | undefined;
  /** OAuth error code: `access_denied`, `invalid_grant`, `interaction_required`. */
  readonly error: string;
  /** Nothing but a person at a browser can go on from here. */
  readonly needsPerson: boolean;
}

/** What ends with the refresh token: it was revoked, or has expired. */
const endedGrants = new Set(['invalid_grant', 'no_tokens_found', 'no_account_found', 'no_account_in_silent_request']);

/**
 * Asks MSAL for a token and brings everything that can go wrong to one type.
 * @throws ServiceError; for a refusal the one that `refused` makes.
 */
export async function acquireToken(
  network: EntraNetwork,
  ask: () => Promise<AuthenticationResult | null>,
  refused: (refusal: Refusal) => ServiceError,
): Promise<AuthenticationResult> {
  network.reset();
  try {
    const result = await ask();
    if (result !== null) return result;
  } catch (error) {
    const failure = network.failure();
    if (failure !== null) throw failure;
    if (error instanceof VaultError) throw noTokenCache(error);
    if (!(error instanceof AuthError)) throw error;
    const answered = network.refusal();
    throw refused({
      words: answered?.words ?? error.errorMessage,
      status: answered?.status,
      error: error.errorCode,
      needsPerson: error instanceof InteractionRequiredAuthError || endedGrants.has(error.errorCode),
    });
  }
  throw refused({ words: 'no token came', status: undefined, error: 'no_token', needsPerson: false });
}

export function noTokenCache(error: VaultError): ServiceError {
  return new ServiceError(
    { service: 'dynamics', code: 'bad-credentials', message: `No sign-in to Dynamics 365: ${error.message}`, advice: error.advice },
    { cause: error },
  );
}
