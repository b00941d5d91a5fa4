/** Wall clocks of time zones, by the rules that the runtime knows. `Temporal` would do this; Node 24 does not have it yet. */

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * What a wall clock in the zone shows at this instant, as if it were UTC: milliseconds since 1970-01-01T00:00 of the wall clock.
 * @throws RangeError when the zone has no such IANA name.
 */
export function wallClockAt(instant: number, timeZone: string): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatFor(timeZone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

const offsetAt = (instant: number, timeZone: string): number => wallClockAt(instant, timeZone) - instant;

/**
 * The instant at which a wall clock in the zone shows this (in the form of `wallClockAt`). The first one where it shows it twice;
 * where it never does, because the clock jumps over it, the instant of the jump.
 */
export function instantOf(wallClock: number, timeZone: string): number {
  // No zone is further from UTC than 14 hours, so these are before and after the instant, and at most one change lies between.
  const offsetBefore = offsetAt(wallClock - 15 * hourMs, timeZone);
  const offsetAfter = offsetAt(wallClock + 15 * hourMs, timeZone);
  for (const offset of [Math.max(offsetBefore, offsetAfter), Math.min(offsetBefore, offsetAfter)]) {
    const instant = wallClock - offset;
    if (offsetAt(instant, timeZone) === offset) return instant;
  }
  return changeBetween(wallClock - offsetAfter, wallClock - offsetBefore, offsetAfter, timeZone);
}

/** The first instant in (from, to] at which the zone has the offset `after`. */
function changeBetween(from: number, to: number, after: number, timeZone: string): number {
  let before = from;
  let changed = to;
  while (changed - before > 1) {
    const middle = Math.floor((before + changed) / 2);
    if (offsetAt(middle, timeZone) === after) changed = middle;
    else before = middle;
  }
  return changed;
}
