/**
 * Sample sign-in service (Microsoft Entra ID) for the sample tenant.
 *
 * How MSAL reaches it: MSAL takes no `http://` authority and trusts `login.microsoftonline.com` without asking the network, so the
 * authority stays `https://login.microsoftonline.com/<tenant>` and a network module (`system.networkClient`, an `INetworkModule`)
 * puts the loopback origin in the place of that origin in every request it sends. `acquireTokenInteractive` gives the address of the
 * sign-in page to `openBrowser`, which has to exchange the origin in the same way. No `knownAuthorities`, no `protocolMode`.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../../connections/http/transport.ts';
import type { Random } from '../../ports/random.ts';
import type { SampleHandler } from '../handler.ts';
import { type Directory, type DirectoryApplication, sampleDirectory } from './directory.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import {
  applicationNotFound,
  consentRequired,
  EntraError,
  errorAnswer,
  invalidGrant,
  invalidScope,
  invalidSecret,
  missingParameter,
  tenantNotFound,
  unsupportedGrant,
} from './entra-error.ts';
import { signInErrorPage, signInPage } from './sign-in-page.ts';
import { encoded, readToken, signToken, type TokenUser, tokenVerifier, type VerifyToken } from './tokens.ts';

export interface SampleEntraOptions {
  /** Milliseconds since the epoch: tokens begin and end by it. */
  readonly clock: { now(): number };
  readonly random: Random;
  readonly directory?: Directory;
  /** Default one hour. */
  readonly accessTokenSeconds?: number;
}

export interface SampleEntra {
  readonly handle: SampleHandler;
  readonly verifyToken: VerifyToken;
  /** As an administrator does it: refresh tokens end, access tokens live on until they expire. */
  revokeSessions(): void;
}

/** What an authorization code stands for. It can be redeemed once, within ten minutes. */
interface PendingSignIn {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly expiresAt: number;
}

const refreshClaims = z.object({ refreshFor: z.string(), sessions: z.number() });
const codeLifetimeMs = 600_000;
const reservedScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

export function createSampleEntra(options: SampleEntraOptions): SampleEntra {
  const { clock, random, directory = sampleDirectory, accessTokenSeconds = 3_600 } = options;
  const pending = new Map<string, PendingSignIn>();
  let sessions = 0;

  const application = (clientId: string): DirectoryApplication => {
    const found = directory.applications.find((candidate) => candidate.clientId === clientId.toLowerCase());
    if (found === undefined) throw applicationNotFound(clientId, directory.tenantId);
    return found;
  };
  const knowsTenant = (tenant: string) =>
    [directory.tenantId, ...directory.domains].includes(tenant.toLowerCase()) || tenant === 'organizations' || tenant === 'common';

  const tokensFor = (user: TokenUser, clientId: string, scope: string) => {
    const now = Math.floor(clock.now() / 1_000);
    const access = {
      aud: audienceOf(scope),
      iss: `https://sts.windows.net/${directory.tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + accessTokenSeconds,
      appid: clientId,
      oid: user.objectId,
      name: user.name,
      tid: directory.tenantId,
    };
    return { token_type: 'Bearer', expires_in: accessTokenSeconds, ext_expires_in: accessTokenSeconds, access_token: signToken(access) };
  };

  const userTokens = (clientId: string, scope: string, nonce: string | undefined) => {
    const now = Math.floor(clock.now() / 1_000);
    const { user, tenantId } = directory;
    const id = {
      aud: clientId,
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + accessTokenSeconds,
      name: user.name,
      oid: user.objectId,
      preferred_username: user.username,
      sub: user.objectId,
      tid: tenantId,
      ver: '2.0',
      ...(nonce === undefined ? {} : { nonce }),
    };
    return {
      ...tokensFor(user, clientId, scope),
      scope,
      refresh_token: signToken({ refreshFor: clientId, sessions, issued: random.uuid() }),
      id_token: signToken(id),
      client_info: encoded({ uid: user.objectId, utid: tenantId }),
    };
  };

  const redeemCode = (form: URLSearchParams, clientId: string) => {
    const code = required(form, 'code');
    const signIn = pending.get(code);
    pending.delete(code);
    if (signIn === undefined)
      throw invalidGrant(
        54005,
        'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
      );
    if (signIn.expiresAt < clock.now())
      throw invalidGrant(
        70008,
        'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
      );
    if (signIn.clientId !== clientId || signIn.redirectUri !== form.get('redirect_uri')) {
      throw invalidGrant(50011, 'The redirect URI specified in the request does not match the redirect URI of the authorization request.');
    }
    const challenge = createHash('sha256').update(required(form, 'code_verifier')).digest('base64url');
    if (challenge !== signIn.challenge)
      throw invalidGrant(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.');
    return userTokens(clientId, signIn.scope, signIn.nonce);
  };

  const refresh = (form: URLSearchParams, clientId: string) => {
    const claims = readToken(required(form, 'refresh_token'), refreshClaims);
    if (claims === null || claims.refreshFor !== clientId) throw invalidGrant(9002313, 'Invalid request. Request is malformed or invalid.');
    if (claims.sessions !== sessions)
      throw invalidGrant(
        50173,
        'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
      );
    return userTokens(clientId, required(form, 'scope'), undefined);
  };

  const token = (tenant: string, form: URLSearchParams) => {
    if (!knowsTenant(tenant)) throw tenantNotFound(tenant);
    const client = application(required(form, 'client_id'));
    const grant = required(form, 'grant_type');
    switch (grant) {
      case 'client_credentials': {
        if (form.get('client_secret') !== client.secret) throw invalidSecret(client.clientId);
        const scope = required(form, 'scope');
        if (!scope.endsWith('/.default')) throw invalidScope(scope);
        if (!client.consented) throw consentRequired(client.clientId, client.name);
        return tokensFor({ objectId: client.objectId, name: client.name }, client.clientId, scope);
      }
      case 'authorization_code':
        return redeemCode(form, client.clientId);
      case 'refresh_token':
        return refresh(form, client.clientId);
      default:
        throw unsupportedGrant(grant);
    }
  };

  const authorize = (tenant: string, query: URLSearchParams): HttpResponse => {
    if (!knowsTenant(tenant)) throw tenantNotFound(tenant);
    const client = application(required(query, 'client_id'));
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
    const code = random.uuid();
    pending.set(code, {
      clientId: client.clientId,
      redirectUri,
      challenge: required(query, 'code_challenge'),
      scope,
      nonce: query.get('nonce') ?? undefined,
      expiresAt: clock.now() + codeLifetimeMs,
    });
    const state = query.get('state') ?? '';
    const refused = (description: string) => ({ error: 'access_denied', error_description: description, state });
    return html(
      200,
      signInPage(client.name, directory.user, redirectUri, {
        signIn: { code, state, client_info: encoded({ uid: directory.user.objectId, utid: directory.tenantId }) },
        cancel: { ...refused('The user has cancelled the sign-in.'), error_subcode: 'cancel' },
        refuse: refused('AADSTS65004: User declined to consent to access the app.'),
      }),
    );
  };

  const handle: SampleHandler = (request) => {
    const traceId = random.uuid();
    const { path, query } = splitAddress(request);
    const [, tenant = '', endpoint = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
    try {
      return Promise.resolve(answer(request, tenant, endpoint, query));
    } catch (error) {
      if (!(error instanceof EntraError)) throw error;
      const page = endpoint === 'oauth2/v2.0/authorize';
      return Promise.resolve(
        page ? html(error.status, signInErrorPage(`AADSTS${error.number}: ${error.message}`)) : errorAnswer(error, traceId, clock.now()),
      );
    }
  };

  const answer = (request: HttpRequest, tenant: string, endpoint: string, query: URLSearchParams): HttpResponse => {
    switch (`${request.method} ${endpoint}`) {
      case 'GET discovery/instance':
        return jsonAnswer(
          instanceDiscovery(/login\.microsoftonline\.com\/([^/]+)/.exec(query.get('authorization_endpoint') ?? '')?.[1] ?? 'common'),
        );
      case 'GET v2.0/.well-known/openid-configuration':
        if (!knowsTenant(tenant)) throw tenantNotFound(tenant);
        return jsonAnswer(openIdConfiguration(tenant, directory.tenantId));
      case 'GET oauth2/v2.0/authorize':
        return authorize(tenant, query);
      case 'POST oauth2/v2.0/token':
        return jsonAnswer(token(tenant, new URLSearchParams(request.body ?? '')));
      default:
        return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' };
    }
  };

  return {
    handle,
    verifyToken: tokenVerifier(clock),
    revokeSessions: () => {
      sessions += 1;
    },
  };
}

/** The origin of the one resource in a scope: `https://acme.crm.dynamics.com/user_impersonation openid` is for `https://acme.crm.dynamics.com`. */
function audienceOf(scope: string): string {
  const resource = scope.split(' ').find((name) => !reservedScopes.has(name));
  const url = URL.parse(resource ?? '');
  if (url === null || !['/.default', '//.default', '/user_impersonation', '//user_impersonation'].includes(url.pathname))
    throw invalidScope(scope);
  return url.origin;
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw missingParameter(name);
  return value;
}

function splitAddress(request: HttpRequest): { readonly path: string; readonly query: URLSearchParams } {
  const url = new URL(request.url);
  return { path: url.pathname, query: url.searchParams };
}

const jsonAnswer = (body: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const html = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body,
});
