/**
 * Dates as the two services write them. `Date.parse` alone takes "Room 12" for a day in December and the 30th of February for the 1st of
 * March, so the form is checked first.
 */

const calendarDate = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^(\d{4}-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** A day that exists, as `2024-02-29`. */
export function isCalendarDate(text: string): boolean {
  if (!calendarDate.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A day with a time of that day. */
export interface Moment {
  /** The calendar date as it is written, whatever the offset. */
  readonly date: string;
  /** In ms since the epoch; a time without an offset is taken as UTC. */
  readonly time: number;
}

/** @returns null for anything else than a date with a time. */
export function parseMoment(text: string): Moment | null {
  const [, date = '', timeOfDay = '', offset = 'Z'] = moment.exec(text) ?? [];
  if (!isCalendarDate(date)) return null;
  const time = Date.parse(`${date}T${timeOfDay}${offset.toUpperCase()}`);
  return Number.isNaN(time) ? null : { date, time };
}
