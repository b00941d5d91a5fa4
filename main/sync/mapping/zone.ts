/** Calendar dates and instants in one time zone. */
export interface Zone {
  /** The calendar date (`2024-02-29`) that a clock in the zone shows at this instant. */
  dateAt(epochMs: number): string;
  /** The midnight with which a calendar date begins, or its first moment where the clock skips midnight, in ms since the epoch. */
  midnightOf(date: string): number;
}

const utc: Zone = {
  dateAt: (epochMs) => new Date(epochMs).toISOString().slice(0, 10),
  midnightOf: (date) => Date.parse(`${date}T00:00:00Z`),
};

/** @param timeZone IANA name. @throws RangeError for a zone that does not exist. */
export function createZone(timeZone: string): Zone {
  if (timeZone === 'UTC') return utc;
  // Making a formatter costs a thousand times what using it does.
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  /** The wall clock of the zone at this instant, read as if it were UTC. */
  const wallClock = (epochMs: number): number => {
    const parts: Record<string, number> = {};
    for (const part of formatter.formatToParts(epochMs)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  return {
    dateAt: (epochMs) => utc.dateAt(wallClock(epochMs)),
    midnightOf: (date) => {
      const wanted = utc.midnightOf(date);
      const shifted = (instant: number) => instant + wanted - wallClock(instant);
      const guess = shifted(wanted);
      // The offset of the guess may be the one on the other side of a clock change.
      const corrected = shifted(guess);
      // Where the clock is put forward at midnight it never shows 00:00: the day begins right after.
      return wallClock(corrected) < wanted ? guess : corrected;
    },
  };
}
