import { z } from 'zod';
import type { Cloud } from '../../../shared/cloud.ts';
import { type ConnectionPorts, createExchange } from '../http/exchange.ts';
import { jsonBody } from '../http/json-body.ts';
import { readEnvironmentUrl } from './address.ts';
import { errorOf, judge, requestIdOf, unexpectedAnswer } from './errors.ts';
import type { AccessTokens } from './requests.ts';

/** An environment that a person may enter, as they know it. */
export interface Environment {
  readonly name: string;
  /** Origin, as the browser shows it when Dynamics 365 is used; the Web API answers there too. */
  readonly url: string;
}

/** https://learn.microsoft.com/power-apps/developer/data-platform/discovery-service */
const discoveryOrigins: Readonly<Record<Cloud, string>> = {
  commercial: 'https://globaldisco.crm.dynamics.com',
  gcc: 'https://globaldisco.crm9.dynamics.com',
  gccHigh: 'https://globaldisco.crm.microsoftdynamics.us',
  dod: 'https://globaldisco.crm.appsplatform.us',
  china: 'https://globaldisco.crm.dynamics.cn',
};

/** What tokens for the list of environments are for. */
export const discoveryOriginOf = (cloud: Cloud): string => discoveryOrigins[cloud];

const instancesAnswer = z.object({
  value: z.array(z.object({ Url: z.string(), FriendlyName: z.string(), UniqueName: z.string(), State: z.int().optional() })),
});

/** `State` of an environment that is not switched off. */
const enabled = 0;

export interface EnvironmentsOptions extends ConnectionPorts {
  readonly cloud: Cloud;
  readonly tokens: AccessTokens;
  /** Loopback origin that stands in for the one of the cloud; null for the real one. */
  readonly redirectTo: string | null;
}

/**
 * The environments of the signed-in person, by name. Those where the person is disabled, is kept out by a security group or is only a
 * delegated administrator are not in it.
 */
export async function listEnvironments(options: EnvironmentsOptions): Promise<readonly Environment[]> {
  const { cloud, tokens, redirectTo, clock } = options;
  const origin = redirectTo ?? discoveryOrigins[cloud];
  const { host } = new URL(origin);
  const exchange = createExchange(options, {
    service: 'dynamics',
    name: 'The list of environments',
    timeoutMs: 30_000,
    maxResponseBytes: 4 * 1024 * 1024,
    judge: (response) => judge(response, clock.now()),
    requestId: requestIdOf,
  });
  const response = await exchange.complete(
    {
      method: 'GET',
      url: `${origin}/api/discovery/v2.0/Instances?$select=Url,FriendlyName,UniqueName,State`,
      headers: { accept: 'application/json', authorization: `Bearer ${await tokens.accessToken()}` },
    },
    { idempotent: true },
  );
  if (response.status !== 200) throw errorOf(response, host, 'list your environments');
  const answer = instancesAnswer.safeParse(jsonBody(response));
  if (!answer.success) throw unexpectedAnswer(response, host);
  return answer.data.value
    .filter(({ State = enabled }) => State === enabled)
    .flatMap(({ Url, FriendlyName, UniqueName }) => {
      const address = readEnvironmentUrl(Url);
      return address.kind === 'accepted' ? [{ name: FriendlyName || UniqueName, url: address.origin }] : [];
    })
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
