/** Dates as ActiveCampaign writes them: the account's wall clock, with or without the offset. Times are ms since the epoch. */

const quarterHourMs = 900_000;
const formatters = new Map<string, Intl.DateTimeFormat>();
/** By zone, then by quarter of an hour. */
const offsets = new Map<string, Map<number, number>>();

/** How far the wall clock of `zone` (IANA name) is ahead of UTC at `time`, in ms. */
export function zoneOffsetMs(zone: string, time: number): number {
  // Offsets change on a quarter of an hour; asking Intl for every date of a page of 100 people would take longer than the page.
  const quarterHour = Math.floor(time / quarterHourMs);
  let ofZone = offsets.get(zone);
  if (ofZone === undefined) {
    ofZone = new Map();
    offsets.set(zone, ofZone);
  }
  let offset = ofZone.get(quarterHour);
  if (offset === undefined) {
    offset = readOffset(zone, quarterHour * quarterHourMs);
    ofZone.set(quarterHour, offset);
  }
  return offset;
}

function readOffset(zone: string, time: number): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formatters.set(zone, formatter);
  }
  const name = formatter.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name);
  if (match === null) throw new RangeError(`Cannot read the offset "${name}" of ${zone}`);
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return minutes * (match[1] === '-' ? -60_000 : 60_000);
}

/** `2026-05-28T05:03:51-05:00` */
export function withOffset(zone: string, time: number): string {
  const offset = zoneOffsetMs(zone, time);
  const minutes = Math.abs(offset) / 60_000;
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${wallClock(zone, time).replace(' ', 'T')}${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `2026-05-28 05:03:51`: what all four `*_timestamp` keys hold, also those that are called `*_utc_timestamp`. */
export function wallClock(zone: string, time: number): string {
  return new Date(time + zoneOffsetMs(zone, time)).toISOString().slice(0, 19).replace('T', ' ');
}

/** A date in a query, read in both ways; null where it is none. */
export interface SentDate {
  /** The digits as if they were UTC, whatever offset follows them. */
  readonly digits: number;
  /** The moment that was meant; without an offset the digits count as UTC. */
  readonly instant: number;
}

export function parseSentDate(value: string): SentDate | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(value.trim());
  if (match === null) return null;
  const digits = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`);
  if (Number.isNaN(digits)) return null;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(match[3] ?? '');
  if (offset === null) return { digits, instant: digits };
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return { digits, instant: digits - minutes * (offset[1] === '-' ? -60_000 : 60_000) };
}
