import { createHash } from 'node:crypto';
import { invalidArgument } from '../dataverse-error.ts';

/**
 * `$skiptoken` as Dataverse makes it: an encoded XML cookie that is only good as it is. It carries where the next page begins, and
 * a digest over itself and the rest of the URL, so that a link which was edited, appended to or encoded anew is refused.
 */

export interface SkipToken {
  /** Number of the page that is asked for, from 2. */
  readonly page: number;
  readonly state: string;
  readonly tracking: boolean;
}

/**
 * Makes the link to the next page. `query` is the query string as it was sent; `state` comes back from `readSkipToken`, as does
 * whether the pages belong to change tracking.
 */
export function nextLink(collectionUrl: string, query: string, page: number, state: string, tracking = false): string {
  const rest = withoutSkipToken(query);
  return `${collectionUrl}?${rest}${rest === '' ? '' : '&'}$skiptoken=${skipToken(rest, page, state, tracking)}`;
}

/**
 * Reads the skip token of a request; null where it has none.
 * @throws DataverseError when the link is not exactly as it was given out.
 */
export function readSkipToken(query: string): SkipToken | null {
  const raw = query.split('&').find((part) => part.startsWith('$skiptoken='));
  if (raw === undefined) return null;
  const token = raw.slice('$skiptoken='.length);
  const match = /^%3Ccookie%20pagenumber=%22(\d+)%22%20pagingcookie=%22([\w-]+)%22%20istracking=%22(True|False)%22/.exec(token);
  const page = Number(match?.[1]);
  const state = Buffer.from(match?.[2] ?? '', 'base64url').toString('utf8');
  const tracking = match?.[3] === 'True';
  if (match === null || skipToken(withoutSkipToken(query), page, state, tracking) !== token) {
    throw invalidArgument('The paging cookie is malformed: the link to the next page must be used as it is.');
  }
  return { page, state, tracking };
}

function skipToken(rest: string, page: number, state: string, tracking: boolean): string {
  const digest = createHash('sha256').update(`${rest}\n${page}\n${state}`).digest('base64url').slice(0, 22);
  const cookie = Buffer.from(state, 'utf8').toString('base64url');
  const istracking = tracking ? 'True' : 'False';
  return `%3Ccookie%20pagenumber=%22${page}%22%20pagingcookie=%22${cookie}%22%20istracking=%22${istracking}%22%20digest=%22${digest}%22%20/%3E`;
}

const withoutSkipToken = (query: string) =>
  query
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('$skiptoken='))
    .join('&');
