import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../main/connections/dynamics/types.ts';
import { misfit, reading } from '../../main/sync/mapping/canonical.ts';
import { createConverter } from '../../main/sync/mapping/convert.ts';
import { fits } from '../../main/sync/mapping/converter.ts';

type Behavior = Extract<ColumnType, { kind: 'dateTime' }>['behavior'];

const converter = (field: 'date' | 'datetime', behavior: Behavior, timeZone = 'UTC') =>
  createConverter(field, { kind: 'dateTime', behavior, format: 'dateAndTime' }, timeZone, () => null);

/** East and west of Greenwich, half hours, and clocks that skip or repeat midnight. */
const zones = [
  'UTC',
  'Europe/Oslo',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Africa/Cairo',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
] as const;

const day = fc
  .date({ min: new Date('1753-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const second = fc
  .integer({ min: Date.UTC(1753, 0, 2) / 1000, max: Date.UTC(9999, 11, 30) / 1000 })
  .map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);

describe('a date', () => {
  const date = converter('date', 'dateOnly');

  test.each(['', '  ', '0000-00-00', '0000-00-00 00:00:00'])('"%s" is none', (raw) => {
    expect(date.readActiveCampaign(raw)).toEqual(reading(null));
  });

  test.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-2-9',
    '29.02.2024',
    '02/29/2024',
    'Room 12',
    '5',
    'soon',
    '2024-02-29T25:00:00Z',
    '12024-01-01',
  ])('"%s" is held', (raw) => {
    expect(date.readActiveCampaign(raw)).toEqual(misfit('value-not-convertible', `"${raw}" is not a date such as 2024-02-29`));
  });

  test.each(['2024-02-29', ' 2024-02-29 ', '2024-02-29 00:00:00', '2024-02-29T00:00:00-05:00', '2024-02-29T23:30:00+02:00'])(
    'of ActiveCampaign is the one that is written: "%s"',
    (raw) => {
      const found = zones.map((zone) => converter('date', 'userLocal', zone).readActiveCampaign(raw));
      expect(found).toEqual(zones.map(() => reading('2024-02-29')));
    },
  );

  test('that Dynamics cannot hold is held', () => {
    expect([date.toDynamics('1752-12-31'), date.toDynamics('1753-01-01')]).toEqual([
      misfit('value-not-convertible', '1752-12-31 is before 1753-01-01, the first date of Dynamics'),
      fits('1753-01-01'),
    ]);
  });

  test('whose first moment is before the first one of Dynamics is held', () => {
    expect(converter('date', 'userLocal', 'Europe/Oslo').toDynamics('1753-01-01').ok).toBe(false);
  });
});

describe('a user-local column', () => {
  test.each([
    ['Europe/Oslo', '2024-05-01T22:30:00Z', '2024-05-02'],
    ['America/New_York', '2024-05-02T03:30:00Z', '2024-05-01'],
    ['Pacific/Pago_Pago', '2024-05-02T10:59:59Z', '2024-05-01'],
    ['Pacific/Kiritimati', '2024-05-01T10:00:00Z', '2024-05-02'],
  ])('shows in %s the date that a clock there shows', (zone, instant, expected) => {
    expect(converter('date', 'userLocal', zone).readDynamics(instant)).toEqual(reading(expected));
  });

  test.each([
    ['Europe/Oslo', '2024-03-31', '2024-03-30T23:00:00Z'],
    ['Europe/Oslo', '2024-04-01', '2024-03-31T22:00:00Z'],
    ['America/New_York', '2024-11-03', '2024-11-03T04:00:00Z'],
    ['America/New_York', '2024-11-04', '2024-11-04T05:00:00Z'],
    // The clock goes from 23:59:59 to 01:00: the day has no midnight.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
    ['Asia/Beirut', '2024-03-31', '2024-03-30T22:00:00Z'],
    ['Africa/Cairo', '2024-04-26', '2024-04-25T22:00:00Z'],
  ])('gets from %s the moment at which %s begins', (zone, date, expected) => {
    expect(converter('date', 'userLocal', zone).toDynamics(date)).toEqual(fits(expected));
  });

  test('keeps the moment of a datetime field, whatever the offset in which it is written', () => {
    const moment = converter('datetime', 'userLocal', 'America/New_York');
    const written = [
      '2020-05-19T02:45:00-05:00',
      '2020-05-19T07:45:00Z',
      '2020-05-19T09:45:00.5+0200',
      '2020-05-19 07:45:00',
      '2020-05-19T07:45',
    ];
    expect(written.map((raw) => moment.readActiveCampaign(raw))).toEqual(written.map(() => reading('2020-05-19T07:45:00Z')));
  });
});

describe('a time-zone independent column', () => {
  test('is a wall clock: the zone of the user changes nothing', () => {
    const dates = zones.map((zone) => converter('date', 'timeZoneIndependent', zone));
    expect(dates.map((each) => [each.readDynamics('2024-05-01T23:30:00Z'), each.toDynamics('2024-05-01')])).toEqual(
      zones.map(() => [reading('2024-05-01'), fits('2024-05-01T00:00:00Z')]),
    );
  });
});

describe('a date-only column', () => {
  test('takes of a datetime field its date in UTC, the same on every machine', () => {
    const found = zones.map((zone) => converter('datetime', 'dateOnly', zone).readActiveCampaign('2024-05-01T22:30:00-05:00'));
    expect(found).toEqual(zones.map(() => reading('2024-05-02')));
  });

  test('is a midnight in UTC in a datetime field', () => {
    expect(converter('datetime', 'dateOnly', 'America/New_York').toActiveCampaign('2024-05-01')).toEqual(fits('2024-05-01T00:00:00+00:00'));
  });
});

describe('what is written to either side reads back as what was written', () => {
  const pairs = (['date', 'datetime'] as const).flatMap((field) =>
    (['userLocal', 'dateOnly', 'timeZoneIndependent'] as const).map((behavior) => ({ field, behavior })),
  );

  test.each(pairs)('$field and $behavior, in every zone', ({ field, behavior }) => {
    const values = field === 'date' || behavior === 'dateOnly' ? day : second;
    fc.assert(
      fc.property(fc.constantFrom(...zones), values, (zone, value) => {
        const side = converter(field, behavior, zone);
        const inDynamics = side.toDynamics(value);
        const inActiveCampaign = side.toActiveCampaign(value);
        if (!inDynamics.ok || !inActiveCampaign.ok) throw new Error(`${value} fits`);
        expect([side.readDynamics(inDynamics.raw), side.readActiveCampaign(inActiveCampaign.raw)]).toEqual([
          reading(value),
          reading(value),
        ]);
      }),
      { numRuns: 300 },
    );
  });
});
