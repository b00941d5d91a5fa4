/**
 * Sample sign-in service (Microsoft Entra ID) for the sample tenant.
 *
 * How MSAL reaches it: MSAL takes no `http://` authority and trusts `login.microsoftonline.com` without asking the network, so the
 * authority stays `https://login.microsoftonline.com/<tenant>` and a network module (`system.networkClient`, an `INetworkModule`)
 * puts the loopback origin in the place of that origin in every request it sends. `acquireTokenInteractive` gives the address of the
 * sign-in page to `openBrowser`, which has to exchange the origin in the same way. No `knownAuthorities`, no `protocolMode`.
 */
import { z } from 'zod';
import type { HttpRequest, HttpResponse } from '../../connections/http/transport.ts';
import type { Random } from '../../ports/random.ts';
import type { SampleHandler } from '../handler.ts';
import { createAuthorization } from './authorization.ts';
import { type Directory, type DirectoryApplication, type DirectoryUser, sampleDirectory } from './directory.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import {
  applicationNotFound,
  consentRequired,
  EntraError,
  errorAnswer,
  invalidGrant,
  invalidScope,
  invalidSecret,
  resourceNotFound,
  tenantNotFound,
  unsupportedGrant,
} from './entra-error.ts';
import { type DirectoryEnvironment, instances, instancesPath, isDiscoveryHost } from './global-discovery.ts';
import { audienceOf, createTokenIssuer } from './issue-tokens.ts';
import { required } from './parameters.ts';
import { signInErrorPage } from './sign-in-page.ts';
import { readToken, tokenVerifier, type VerifyToken } from './tokens.ts';

export interface SampleEntraOptions {
  /** Milliseconds since the epoch: tokens begin and end by it. */
  readonly clock: { now(): number };
  readonly random: Random;
  readonly directory?: Directory;
  /** Default one hour. */
  readonly accessTokenSeconds?: number;
  /** Dynamics environments of the tenant. Without it there is one at every address that is asked for; on this machine there always is. */
  readonly environments?: () => readonly DirectoryEnvironment[];
}

export interface SampleEntra {
  /** The login host: `/{tenant}/oauth2/v2.0/…` and discovery, and the list of environments that a discovery host has. */
  readonly handle: SampleHandler;
  readonly verifyToken: VerifyToken;
  /** As an administrator does it: refresh tokens end, access tokens live on until they expire. */
  revokeSessions(): void;
}

const refreshClaims = z.object({ refreshFor: z.string(), user: z.string(), sessions: z.number() });
const authorizeEndpoint = 'oauth2/v2.0/authorize';

export function createSampleEntra(options: SampleEntraOptions): SampleEntra {
  const { clock, random, directory = sampleDirectory, accessTokenSeconds = 3_600, environments } = options;
  let sessions = 0;
  const issuer = createTokenIssuer({ clock, random, directory, accessTokenSeconds, sessions: () => sessions });
  const authorization = createAuthorization(directory, clock, random);

  const checkTenant = (tenant: string) => {
    const known = [directory.tenantId, ...directory.domains, 'organizations', 'common'];
    if (!known.includes(tenant.toLowerCase())) throw tenantNotFound(tenant);
  };
  const application = (clientId: string): DirectoryApplication => {
    const found = directory.applications.find((candidate) => candidate.clientId === clientId.toLowerCase());
    if (found === undefined) throw applicationNotFound(clientId, directory.tenantId);
    return found;
  };

  const checkResource = (scope: string) => {
    const audience = audienceOf(scope);
    if (environments === undefined || isDiscoveryHost(audience) || audience.startsWith('http://')) return;
    if (!environments().some(({ url }) => url === audience)) throw resourceNotFound(audience, directory.tenantId);
  };
  const verifyToken = tokenVerifier(clock);

  const token = (form: URLSearchParams): Readonly<Record<string, unknown>> => {
    const client = application(required(form, 'client_id'));
    const grant = required(form, 'grant_type');
    switch (grant) {
      case 'client_credentials': {
        if (form.get('client_secret') !== client.secret) throw invalidSecret(client.clientId);
        const scope = required(form, 'scope');
        if (!scope.endsWith('/.default')) throw invalidScope(scope);
        checkResource(scope);
        if (!client.consented) throw consentRequired(client.clientId, client.name);
        return issuer.forApplication(client, scope);
      }
      case 'authorization_code': {
        const { user, scope, nonce } = authorization.redeem(client.clientId, form);
        checkResource(scope);
        return issuer.forUser(client.clientId, user, scope, nonce);
      }
      case 'refresh_token': {
        const user = holderOf(required(form, 'refresh_token'), client.clientId, directory, sessions);
        const scope = required(form, 'scope');
        checkResource(scope);
        return issuer.forUser(client.clientId, user, scope, undefined);
      }
      default:
        throw unsupportedGrant(grant);
    }
  };

  const answer = (request: HttpRequest, tenant: string, endpoint: string, query: URLSearchParams): HttpResponse => {
    switch (`${request.method} ${endpoint}`) {
      case 'GET discovery/instance':
        return json(instanceDiscovery(tenantIn(query.get('authorization_endpoint'))));
      case 'GET v2.0/.well-known/openid-configuration':
        checkTenant(tenant);
        return json(openIdConfiguration(tenant, directory.tenantId));
      case `GET ${authorizeEndpoint}`:
        checkTenant(tenant);
        return html(200, authorization.page(application(required(query, 'client_id')), query));
      case 'POST oauth2/v2.0/token':
        checkTenant(tenant);
        return json(token(new URLSearchParams(request.body ?? '')));
      default:
        return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' };
    }
  };

  const handle: SampleHandler = (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === instancesPath) {
      return Promise.resolve(instances(verifyToken(request.headers.authorization), environments?.() ?? [], directory));
    }
    const [, tenant = '', endpoint = ''] = /^\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    try {
      return Promise.resolve(answer(request, tenant, endpoint, searchParams));
    } catch (error) {
      if (!(error instanceof EntraError)) return Promise.reject(error);
      // A person reads the one, a program the other.
      const page = endpoint === authorizeEndpoint;
      return Promise.resolve(
        page
          ? html(error.status, signInErrorPage(`AADSTS${error.number}: ${error.message}`))
          : errorAnswer(error, random.uuid(), clock.now()),
      );
    }
  };

  return {
    handle,
    verifyToken,
    revokeSessions: () => {
      sessions += 1;
    },
  };
}

function holderOf(token: string, clientId: string, { user, colleague }: Directory, sessions: number): DirectoryUser {
  const claims = readToken(token, refreshClaims);
  const holder = [user, colleague].find(({ objectId }) => objectId === claims?.user);
  if (claims === null || holder === undefined || claims.refreshFor !== clientId) {
    throw invalidGrant(9002313, 'Invalid request. Request is malformed or invalid.');
  }
  if (claims.sessions !== sessions) {
    throw invalidGrant(
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    );
  }
  return holder;
}

const tenantIn = (authorizationEndpoint: string | null) => /^https:\/\/[^/]+\/([^/]+)/.exec(authorizationEndpoint ?? '')?.[1] ?? 'common';

const json = (body: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const html = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  body,
});
