import type { CanonicalValue } from '../../../shared/canonical-value.ts';
import { isCalendarDate, parseMoment } from '../../../shared/date-text.ts';
import type { ActiveCampaignFieldType } from '../../../shared/field-pairs.ts';
import type { ColumnType } from '../../connections/dynamics/types.ts';
import { misfit, type Reading, reading } from './canonical.ts';
import { type Converter, fits, notConvertible } from './converter.ts';
import { createZone } from './zone.ts';

const earliestDynamicsDate = '1753-01-01';

const utcSecond = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** Empty dates of ActiveCampaign: "", "0000-00-00", "0000-00-00 00:00:00". */
const isEmptyDate = (text: string) => text === '' || text.startsWith('0000-00-00');

/**
 * Dates. The canonical form is a calendar date (`2024-02-29`) where either side keeps only that, else an instant to the second in UTC.
 *
 * - A user-local column holds an instant even where only its date is shown; the date is the one of the user's zone.
 * - A time-zone independent column is a wall clock: its digits are taken as they are.
 * - A date field of ActiveCampaign has no zone either: should a time stand behind the date, the date still is what is written.
 *
 * @param timeZone IANA name of the user's zone.
 */
export function dateConverter(
  activeCampaign: ActiveCampaignFieldType,
  column: Extract<ColumnType, { kind: 'dateTime' }>,
  timeZone: string,
): Converter {
  const dateOnly = activeCampaign === 'date' || column.behavior === 'dateOnly';
  const zone = createZone(column.behavior === 'userLocal' ? timeZone : 'UTC');

  const read = (raw: string, dateOf: (moment: { date: string; time: number }) => string): Reading => {
    const text = raw.trim();
    if (isEmptyDate(text)) return reading(null);
    if (isCalendarDate(text)) return reading(dateOnly ? text : utcSecond(zone.midnightOf(text)));
    const moment = parseMoment(text);
    if (moment === null) return notConvertible(raw, 'a date such as 2024-02-29');
    return reading(dateOnly ? dateOf(moment) : utcSecond(moment.time));
  };
  const dateInZone = ({ time }: { time: number }) => zone.dateAt(time);
  const dateAsWritten = ({ date }: { date: string }) => date;

  const columnValue = (value: CanonicalValue): string => {
    const text = String(value);
    if (column.behavior === 'dateOnly') return text.slice(0, 10);
    return isCalendarDate(text) ? utcSecond(zone.midnightOf(text)) : text;
  };

  return {
    readDynamics: (raw) => (raw === null ? reading(null) : read(String(raw), dateInZone)),
    readActiveCampaign: (raw) => read(raw, activeCampaign === 'date' ? dateAsWritten : dateInZone),
    toDynamics: (value) => {
      if (value === null) return fits(null);
      const raw = columnValue(value);
      return raw < earliestDynamicsDate
        ? misfit('value-not-convertible', `${String(value)} is before ${earliestDynamicsDate}, the first date of Dynamics`)
        : fits(raw);
    },
    toActiveCampaign: (value) => {
      if (value === null) return fits('');
      const text = String(value);
      if (activeCampaign === 'date') return fits(text.slice(0, 10));
      return fits(isCalendarDate(text) ? `${text}T00:00:00+00:00` : text.replace('Z', '+00:00'));
    },
  };
}
