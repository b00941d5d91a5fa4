import type { Random } from '../../ports/random.ts';
import type { Directory, DirectoryApplication, DirectoryUser } from './directory.ts';
import { invalidScope } from './entra-error.ts';
import { encoded, signToken } from './tokens.ts';

/** Bodies of the token endpoint's good answers. */
export interface TokenIssuer {
  /** For an application by itself. */
  forApplication(client: DirectoryApplication, scope: string): Readonly<Record<string, unknown>>;
  /** For a user of the directory, with an id token and a refresh token. */
  forUser(clientId: string, user: DirectoryUser, scope: string, nonce: string | undefined): Readonly<Record<string, unknown>>;
}

export interface TokenIssuerOptions {
  readonly clock: { now(): number };
  readonly random: Random;
  readonly directory: Directory;
  readonly accessTokenSeconds: number;
  /** Written into refresh tokens: those of an earlier number are revoked. */
  readonly sessions: () => number;
}

export function createTokenIssuer({ clock, random, directory, accessTokenSeconds, sessions }: TokenIssuerOptions): TokenIssuer {
  const { tenantId } = directory;
  const lifetime = () => {
    const now = Math.floor(clock.now() / 1_000);
    return { iat: now, nbf: now, exp: now + accessTokenSeconds };
  };
  const accessToken = (holder: { readonly objectId: string; readonly name: string }, clientId: string, scope: string) => ({
    token_type: 'Bearer',
    expires_in: accessTokenSeconds,
    ext_expires_in: accessTokenSeconds,
    access_token: signToken({
      aud: audienceOf(scope),
      iss: `https://sts.windows.net/${tenantId}/`,
      ...lifetime(),
      appid: clientId,
      oid: holder.objectId,
      name: holder.name,
      tid: tenantId,
    }),
  });

  return {
    forApplication: (client, scope) => accessToken(client, client.clientId, scope),
    forUser(clientId, user, scope, nonce) {
      const idClaims = {
        aud: clientId,
        iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
        ...lifetime(),
        name: user.name,
        oid: user.objectId,
        preferred_username: user.username,
        sub: user.objectId,
        tid: tenantId,
        ver: '2.0',
        ...(nonce === undefined ? {} : { nonce }),
      };
      return {
        ...accessToken(user, clientId, scope),
        scope,
        refresh_token: signToken({ refreshFor: clientId, user: user.objectId, sessions: sessions(), issued: random.uuid() }),
        id_token: signToken(idClaims),
        client_info: clientInfo(directory, user),
      };
    },
  };
}

/** From which MSAL makes the id of the account. */
export const clientInfo = (directory: Directory, user: DirectoryUser) => encoded({ uid: user.objectId, utid: directory.tenantId });

const reserved = new Set(['openid', 'profile', 'email', 'offline_access']);
const permissions = new Set(['/.default', '//.default', '/user_impersonation', '//user_impersonation']);

/**
 * The origin of the one resource in a scope: `https://acme.crm.dynamics.com/user_impersonation openid` is for
 * `https://acme.crm.dynamics.com`.
 * @throws EntraError when there is none.
 */
export function audienceOf(scope: string): string {
  const url = URL.parse(scope.split(' ').find((name) => !reserved.has(name)) ?? '');
  if (url === null || !permissions.has(url.pathname)) throw invalidScope(scope);
  return url.origin;
}
