import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JobSchedule, latestDueAt, nextRunAt, upcomingRuns } from '../../main/scheduler/next-run-at.ts';
import { jobFrequencies } from '../../shared/settings.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kolkata', 'America/Havana', 'UTC'];

const daily = (dailyAt: string, timeZone: string): JobSchedule => ({ jobFrequency: 'daily', dailyAt, timeZone });
const runs = (schedule: JobSchedule, after: string, count: number) =>
  upcomingRuns(schedule, nextRunAt(schedule, Date.parse(after)), count).map((time) =>
    new Date(time).toISOString().replace(':00.000Z', 'Z'),
  );

const clocks = new Map(
  zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })]),
);
/** What a wall clock in the zone shows: "2026-03-29 03:00". Made by another route than the code uses. */
const wallClock = (time: number, timeZone: string) => clocks.get(timeZone)?.format(time) ?? '';

describe('intervals go on from the last due time, by elapsed time', () => {
  test.each([
    ['1h', '2026-03-29T00:30Z', ['2026-03-29T01:30Z', '2026-03-29T02:30Z', '2026-03-29T03:30Z']],
    ['12h', '2026-03-28T12:00Z', ['2026-03-29T00:00Z', '2026-03-29T12:00Z', '2026-03-30T00:00Z']],
  ] as const)('%s from %s, over a change of the clocks', (jobFrequency, after, expected) => {
    expect(runs({ jobFrequency, dailyAt: '06:00', timeZone: 'Europe/Berlin' }, after, 3)).toEqual(expected);
  });
});

describe('daily runs come at the wall-clock time', () => {
  test.each<[string, string, string, string, string[]]>([
    [
      'keeps the time when clocks are set forward',
      '06:00',
      'Europe/Berlin',
      '2026-03-28T00:00Z',
      ['2026-03-28T05:00Z', '2026-03-29T04:00Z', '2026-03-30T04:00Z'],
    ],
    [
      'keeps the time when clocks are set back',
      '06:00',
      'Europe/Berlin',
      '2026-10-24T00:00Z',
      ['2026-10-24T04:00Z', '2026-10-25T05:00Z', '2026-10-26T05:00Z'],
    ],
    [
      'a time that does not exist: the first instant after',
      '02:30',
      'Europe/Berlin',
      '2026-03-28T00:00Z',
      ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z'],
    ],
    [
      'a time that comes twice: the first one, once',
      '02:30',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ],
    ['a time that comes twice, asked between the two', '02:30', 'Europe/Berlin', '2026-10-25T00:45Z', ['2026-10-26T01:30Z']],
    ['in New York', '02:30', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
    ['half an hour in Lord Howe', '02:15', 'Australia/Lord_Howe', '2026-10-02T20:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z']],
    ['clocks that go back to before midnight', '00:30', 'America/Havana', '2026-10-31T12:00Z', ['2026-11-01T04:30Z', '2026-11-02T05:30Z']],
    [
      'a day that does not exist',
      '06:00',
      'Pacific/Apia',
      '2011-12-29T00:00Z',
      ['2011-12-29T16:00Z', '2011-12-30T10:00Z', '2011-12-30T16:00Z'],
    ],
  ])('%s', (_, dailyAt, timeZone, after, expected) => {
    expect(runs(daily(dailyAt, timeZone), after, expected.length)).toEqual(expected);
  });
});

describe('for any schedule and any time', () => {
  const timeOfDay = fc
    .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
    .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const schedules = fc.record({
    jobFrequency: fc.constantFrom(...jobFrequencies),
    dailyAt: timeOfDay,
    timeZone: fc.constantFrom(...zones),
  });
  const times = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2029-01-01') });

  test('the next run is later than the last, by a day and a change of the clocks at most', () => {
    fc.assert(
      fc.property(schedules, times, (schedule, last) => {
        const wait = nextRunAt(schedule, last) - last;
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(dayMs + hourMs);
      }),
    );
  });

  test('a daily run shows the wanted time, or the end of the gap that swallowed it', () => {
    fc.assert(
      fc.property(schedules, times, (given, last) => {
        const schedule = { ...given, jobFrequency: 'daily' as const };
        const run = nextRunAt(schedule, last);
        const shown = wallClock(run, schedule.timeZone);
        if (shown.endsWith(schedule.dailyAt)) return;
        const before = wallClock(run - 1, schedule.timeZone);
        const wanted = `${shown.slice(0, 10)} ${schedule.dailyAt}`;
        expect(before < wanted && wanted < shown).toBe(true);
      }),
    );
  });

  test('a daily run comes once on each day of the calendar', () => {
    fc.assert(
      fc.property(timeOfDay, fc.constantFrom(...zones), times, (dailyAt, timeZone, start) => {
        const schedule = daily(dailyAt, timeZone);
        const days = upcomingRuns(schedule, nextRunAt(schedule, start), 400).map((time) => wallClock(time, timeZone).slice(0, 10));
        const first = Date.parse(days[0] ?? '');
        expect(days).toEqual(days.map((_, index) => new Date(first + index * dayMs).toISOString().slice(0, 10)));
      }),
      { numRuns: 10 },
    );
  });

  test('the latest due time is the last one that has come', () => {
    fc.assert(
      fc.property(schedules, times, fc.integer({ min: 0, max: 30 * dayMs }), (schedule, last, passed) => {
        const now = last + passed;
        const latest = latestDueAt(schedule, last, now);
        expect(latest >= last && latest <= now && nextRunAt(schedule, latest) > now).toBe(true);
        if (latest !== last)
          expect(nextRunAt(schedule, latest - 1)).toBeLessThanOrEqual(schedule.jobFrequency === 'daily' ? latest : now + 12 * hourMs);
      }),
    );
  });
});
