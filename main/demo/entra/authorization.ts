import { createHash } from 'node:crypto';
import type { Random } from '../../ports/random.ts';
import type { Directory, DirectoryApplication, DirectoryUser } from './directory.ts';
import { EntraError, invalidGrant, missingParameter } from './entra-error.ts';
import { audienceOf, clientInfo } from './issue-tokens.ts';
import { required } from './parameters.ts';
import { signInPage } from './sign-in-page.ts';

/** What was agreed to on the sign-in page. */
export interface Agreement {
  readonly user: DirectoryUser;
  readonly scope: string;
  readonly nonce: string | undefined;
}

/** Authorization codes with PKCE: the page that gives them out, and their exchange. */
export interface Authorization {
  /** The sign-in page for the parameters of an authorization request. @throws EntraError for what cannot be answered to the application. */
  page(client: DirectoryApplication, query: URLSearchParams): string;
  /** @throws EntraError when the code is unknown, used, too old, or given to another request. */
  redeem(clientId: string, form: URLSearchParams): Agreement;
}

interface Pending extends Agreement {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAt: number;
}

const codeLifetimeMs = 600_000;

export function createAuthorization(directory: Directory, clock: { now(): number }, random: Random): Authorization {
  const pending = new Map<string, Pending>();

  return {
    page(client, query) {
      const redirectUri = required(query, 'redirect_uri');
      if (!/^http:\/\/localhost(?::\d+)?\/?$/.test(redirectUri)) {
        throw new EntraError(
          400,
          'invalid_request',
          50011,
          `The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${client.clientId}'.`,
        );
      }
      if (query.get('code_challenge_method') !== 'S256') throw missingParameter('code_challenge');
      if (query.get('response_mode') !== 'form_post') throw missingParameter('response_mode');
      const scope = required(query, 'scope');
      audienceOf(scope);
      const challenge = required(query, 'code_challenge');
      const nonce = query.get('nonce') ?? undefined;
      const state = query.get('state') ?? '';
      const agreed = (user: DirectoryUser) => {
        const code = random.uuid();
        const expiresAt = clock.now() + codeLifetimeMs;
        pending.set(code, { clientId: client.clientId, redirectUri, challenge, scope, nonce, user, expiresAt });
        return { code, state, client_info: clientInfo(directory, user) };
      };
      const refused = (description: string) => ({ error: 'access_denied', error_description: description, state });
      return signInPage(client.name, directory, redirectUri, {
        'sign-in': agreed(directory.user),
        'sign-in-colleague': agreed(directory.colleague),
        cancel: { ...refused('The user has cancelled the sign-in.'), error_subcode: 'cancel' },
        'refuse-consent': refused('AADSTS65004: User declined to consent to access the app.'),
        'ask-administrator': refused(
          `AADSTS90094: The grant requires admin permission. '${client.name}' needs permission to access resources that only an admin can grant.`,
        ),
        'other-organisation': refused(
          `AADSTS50020: User account 'somebody@elsewhere.example' from identity provider 'https://sts.windows.net/elsewhere/' does not exist in tenant '${directory.tenantId}' and cannot access the application '${client.clientId}'.`,
        ),
      });
    },
    redeem(clientId, form) {
      const code = required(form, 'code');
      const agreed = pending.get(code);
      pending.delete(code);
      if (agreed === undefined) {
        throw invalidGrant(
          54005,
          'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
        );
      }
      if (agreed.expiresAt < clock.now()) {
        throw invalidGrant(
          70008,
          'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
        );
      }
      if (agreed.clientId !== clientId || agreed.redirectUri !== form.get('redirect_uri')) {
        throw invalidGrant(
          50011,
          'The redirect URI specified in the request does not match the redirect URI of the authorization request.',
        );
      }
      if (createHash('sha256').update(required(form, 'code_verifier')).digest('base64url') !== agreed.challenge) {
        throw invalidGrant(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
      }
      return agreed;
    },
  };
}
