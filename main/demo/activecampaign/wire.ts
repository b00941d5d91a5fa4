import type { Account } from './account.ts';
import { wallClock, withOffset } from './zone.ts';

/** `2026-05-28T05:03:51-05:00` */
export const date = (account: Account, time: number) => withOffset(account.variant.dateZone, time);

/** What the four `*_timestamp` keys hold: the account's wall clock without an offset, also in those that are called `*_utc_timestamp`. */
export const timestamp = (account: Account, time: number) => wallClock(account.variant.dateZone, time);

export function link(account: Account, path: string): string {
  return `${account.host}/api/3/${path}`;
}
