import type { z } from 'zod';
import { ServiceError } from '../errors.ts';
import { jsonBody } from '../http/json-body.ts';
import type { HttpResponse } from '../http/transport.ts';
import { sameOriginLink } from '../http/url-rules.ts';
import type { BatchRunner } from './batch.ts';
import { errorOf, unexpectedAnswer } from './errors.ts';
import type { WebApi } from './requests.ts';

/** Longest address of a GET; inside a `$batch` twice as much is allowed (PowerApps docs: compose-http-requests). */
const longestUrl = 32_000;

/** Reads an address of any length that the service allows: a long one travels inside a `$batch`. */
export async function readLink<Schema extends z.ZodType>(
  api: WebApi,
  batches: BatchRunner,
  url: string,
  headers: Readonly<Record<string, string>>,
  what: string,
  answer: Schema,
): Promise<{ readonly value: z.output<Schema>; readonly headers: HttpResponse['headers'] }> {
  if (url.length <= longestUrl || !url.startsWith(api.root)) {
    const { value, response } = await api.read({ method: 'GET', url, headers }, what, answer);
    return { value, headers: response.headers };
  }
  const [result] = await batches.run(
    [{ method: 'GET', path: url.slice(api.root.length), headers: { Accept: 'application/json', ...headers } }],
    what,
  );
  if (result?.kind !== 'answered') throw noAnswer(api.host, what);
  if (result.answer.status !== 200) throw errorOf(result.answer, api.host, what);
  const parsed = answer.safeParse(jsonBody(result.answer));
  if (!parsed.success) throw unexpectedAnswer(result.answer, api.host);
  return { value: parsed.data, headers: result.answer.headers };
}

/**
 * A link of an answer, to be followed as it stands.
 * @throws ServiceError `not-the-service` where it leads to another host, which must not see the token.
 */
export function linkToFollow(api: WebApi, link: string): string {
  const own = sameOriginLink(link, api.origin);
  if (own !== null) return own;
  throw new ServiceError({
    service: 'dynamics',
    code: 'not-the-service',
    message: `Dynamics 365 (${api.host}) sent a link to another host, which was not followed.`,
    advice:
      'Check the environment address. If it is right, ask the administrator of the network whether something changes the answers on the way.',
  });
}

export function noAnswer(host: string, what: string): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'service-down',
    message: `Dynamics 365 (${host}) gave no answer when it was asked to ${what}.`,
    advice: 'The next run tries again.',
  });
}
