const stampForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * A date of the service, moved back, in the zone that it is written in: a bound in the account's own wall clock is right whether the service
 * obeys the offset of a bound or drops it, which is not documented.
 * @param stamp "2026-05-28T05:03:51-05:00"
 */
export function earlierStamp(stamp: string, byMs: number): string {
  const zone = stampForm.exec(stamp)?.[1] ?? 'Z';
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const wallClock = new Date(Date.parse(stamp) - byMs + offsetMs).toISOString().slice(0, 19);
  return `${wallClock}${zone}`;
}
