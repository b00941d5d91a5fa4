import { describe, expect, test } from 'vitest';
import type { LogInput } from '../../main/log/log.ts';
import { type Clock, scaledClock } from '../../main/ports/clock.ts';
import type { JobSchedule } from '../../main/scheduler/next-run-at.ts';
import { createScheduleStore } from '../../main/scheduler/schedule-store.ts';
import { type BlockedReason, createScheduler } from '../../main/scheduler/scheduler.ts';
import type { Database } from '../../main/store/database.ts';
import { openDatabase } from '../../main/store/open.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A machine on which the program can be started again and again. What happens is written down with the time of its clock. */
function machine({ start = '2026-01-05T08:00:00Z', clock: given }: { start?: string; clock?: (base: FakeClock) => Clock } = {}) {
  const base = fakeClock(start);
  const clock = given?.(base) ?? base;
  const db: Database = openDatabase(':memory:');
  const timeline: string[] = [];
  const resumed = new Set<() => void>();
  const machine = {
    base,
    timeline,
    schedule: { jobFrequency: '1h', dailyAt: '06:00', timeZone: 'Europe/Berlin' } as JobSchedule,
    blocked: null as BlockedReason | null,
    runTakesMs: 5 * minuteMs,
    runEnds: 'finished' as 'finished' | 'unfinished' | Error,
    note: (what: string) => timeline.push(`${new Date(clock.now()).toISOString().slice(5, 16).replace('T', ' ')} ${what}`),
    start: () => {
      const scheduler = createScheduler({
        clock,
        power: {
          onResume: (listener) => {
            resumed.add(listener);
            return () => resumed.delete(listener);
          },
        },
        state: createScheduleStore(db),
        schedule: () => machine.schedule,
        blocked: () => machine.blocked,
        run: async () => {
          machine.note('run');
          await clock.sleep(machine.runTakesMs);
          if (machine.runEnds instanceof Error) throw machine.runEnds;
          return machine.runEnds;
        },
        log: { write: ({ event }: LogInput) => machine.note(event) },
      });
      scheduler.start();
      return scheduler;
    },
    resume: () => {
      for (const listener of resumed) listener();
    },
  };
  return machine;
}

const at = (time: string) => Date.parse(`2026-${time.replace(' ', 'T')}:00Z`);

describe('the time line', () => {
  test('a first run at once, then one every interval from due time to due time', async () => {
    const { base, timeline, start } = machine();
    const scheduler = start();
    await base.advance(3 * hourMs + 30 * minuteMs);
    expect(timeline).toEqual(['01-05 08:00 run', '01-05 09:00 run', '01-05 10:00 run', '01-05 11:00 run']);
    expect(scheduler.status()).toEqual({ kind: 'waiting', dueAt: at('01-05 12:00') });
    expect(scheduler.upcoming(3)).toEqual([at('01-05 12:00'), at('01-05 13:00'), at('01-05 14:00')]);
  });

  test('a restart keeps the due time, and a missed run is caught up once', async () => {
    const { base, timeline, start } = machine();
    const first = start();
    await base.advance(20 * minuteMs);
    await first.stop();
    const second = start();
    await base.advance(50 * minuteMs);
    await second.stop();
    await base.advance(5 * hourMs);
    start();
    await base.advance(2 * hourMs);
    expect(timeline).toEqual([
      '01-05 08:00 run',
      '01-05 09:00 run',
      '01-05 14:10 schedule.missed',
      '01-05 14:10 run',
      '01-05 15:00 run',
      '01-05 16:00 run',
    ]);
  });

  test('a run that was cut short is taken up at the next start, and only then', async () => {
    const m = machine();
    m.runEnds = 'unfinished';
    const first = m.start();
    await m.base.advance(30 * minuteMs);
    await first.stop();
    m.runEnds = 'finished';
    const second = m.start();
    await m.base.advance(10 * minuteMs);
    await second.stop();
    m.start();
    await m.base.advance(30 * minuteMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 08:30 run', '01-05 09:00 run']);
  });

  test('a run that is killed is taken up at the next start', async () => {
    const m = machine();
    m.runTakesMs = 10 * hourMs;
    m.start();
    await m.base.advance(minuteMs);
    m.runTakesMs = minuteMs;
    m.start();
    await m.base.advance(2 * minuteMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 08:01 run']);
  });

  test('a run that takes longer than the interval is followed by one, not by all it missed', async () => {
    const m = machine();
    m.runTakesMs = 150 * minuteMs;
    m.start();
    await m.base.advance(minuteMs);
    m.runTakesMs = minuteMs;
    await m.base.advance(4 * hourMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 10:30 schedule.missed', '01-05 10:30 run', '01-05 11:00 run', '01-05 12:00 run']);
  });

  test('a run that throws is logged, and the next due time tries again', async () => {
    const m = machine();
    m.runEnds = new Error('out of order');
    m.start();
    await m.base.advance(70 * minuteMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 08:05 run.failed', '01-05 09:00 run', '01-05 09:05 run.failed']);
  });

  test('daily runs come at the local time on both sides of a change of the clocks', async () => {
    const m = machine({ start: '2026-03-27T12:00:00Z' });
    m.schedule = { ...m.schedule, jobFrequency: 'daily', dailyAt: '02:30' };
    m.start();
    await m.base.advance(72 * hourMs);
    expect(m.timeline).toEqual(['03-27 12:00 run', '03-28 01:30 run', '03-29 01:00 run', '03-30 00:30 run']);
  });

  test('another time zone: the next daily run is at its local time', async () => {
    const m = machine();
    m.schedule = { ...m.schedule, jobFrequency: 'daily' };
    m.start();
    await m.base.advance(hourMs);
    m.schedule = { ...m.schedule, timeZone: 'America/New_York' };
    await m.base.advance(26 * hourMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 11:00 run', '01-06 11:00 run']);
  });
});

describe('the clock', () => {
  test('set back by a day: the schedule is counted from now, and says so', async () => {
    const { base, timeline, start, note } = machine();
    start();
    await base.advance(30 * minuteMs);
    base.setSystemTime('2026-01-04T08:30:00Z');
    note('set back');
    await base.advance(2 * hourMs + 10 * minuteMs);
    expect(timeline).toEqual([
      '01-05 08:00 run',
      '01-04 08:30 set back',
      '01-04 08:31 schedule.reanchored',
      '01-04 09:31 run',
      '01-04 10:31 run',
    ]);
  });

  test('set forward by a day, and back again: one run is caught up', async () => {
    const { base, timeline, start, note } = machine();
    start();
    await base.advance(30 * minuteMs);
    base.setSystemTime('2026-01-06T08:30:00Z');
    await base.advance(10 * minuteMs);
    base.setSystemTime('2026-01-05T08:40:00Z');
    note('set right');
    await base.advance(70 * minuteMs);
    expect(timeline).toEqual([
      '01-05 08:00 run',
      '01-06 08:31 schedule.missed',
      '01-06 08:31 run',
      '01-05 08:40 set right',
      '01-05 08:41 schedule.reanchored',
      '01-05 09:41 run',
    ]);
  });

  test('that was corrected by seconds changes nothing', async () => {
    const { base, timeline, start } = machine();
    start();
    await base.advance(6 * minuteMs);
    base.setSystemTime('2026-01-05T07:59:30Z');
    await base.advance(62 * minuteMs);
    expect(timeline).toEqual(['01-05 08:00 run', '01-05 09:00 run']);
  });

  test('after a sleep, in which timers stood still, the resume event is enough', async () => {
    const { base, timeline, start, resume } = machine();
    start();
    await base.advance(10 * minuteMs);
    base.setSystemTime('2026-01-05T13:20:00Z');
    resume();
    await base.advance(hourMs);
    expect(timeline).toEqual(['01-05 08:00 run', '01-05 13:20 schedule.missed', '01-05 13:20 run', '01-05 14:00 run']);
  });

  test('that runs 3600 times faster has a run a second', async () => {
    const { base, timeline, start } = machine({ clock: (real) => scaledClock(real, 3_600) });
    start();
    await base.advance(3_000);
    expect(timeline).toEqual(['01-05 08:00 run', '01-05 09:00 run', '01-05 10:00 run', '01-05 11:00 run']);
  });
});

describe('another Job Frequency', () => {
  test('counts from the last run', async () => {
    const m = machine();
    const scheduler = m.start();
    await m.base.advance(30 * minuteMs);
    m.schedule = { ...m.schedule, jobFrequency: '4h' };
    scheduler.recheck();
    expect(scheduler.upcoming(2)).toEqual([at('01-05 12:00'), at('01-05 16:00')]);
    await m.base.advance(4 * hourMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 12:00 run']);
  });

  test('is no way to force a run, nor does trying one out put off the next', async () => {
    const m = machine();
    m.schedule = { ...m.schedule, jobFrequency: '12h' };
    const scheduler = m.start();
    await m.base.advance(5 * hourMs + 20 * minuteMs);
    const next = (['1h', 'daily', '4h', '12h'] as const).map((jobFrequency) => {
      m.schedule = { ...m.schedule, jobFrequency, dailyAt: '14:19' };
      scheduler.recheck();
      return scheduler.upcoming(1)[0];
    });
    expect(next).toEqual([at('01-05 14:00'), at('01-06 13:19'), at('01-05 16:00'), at('01-05 20:00')]);
    await m.base.advance(7 * hourMs);
    expect(m.timeline).toEqual(['01-05 08:00 run', '01-05 20:00 run']);
  });
});

describe('why it is not running', () => {
  const notConnected: BlockedReason = { code: 'not-connected', message: 'Connect both accounts to begin.' };

  test('a reason keeps back what is due, which begins once when the reason is gone', async () => {
    const m = machine();
    m.blocked = notConnected;
    const scheduler = m.start();
    await m.base.advance(3 * hourMs);
    expect([scheduler.status(), scheduler.upcoming(3)]).toEqual([{ kind: 'blocked', reason: notConnected }, []]);
    m.blocked = null;
    scheduler.recheck();
    await m.base.advance(hourMs);
    expect(m.timeline).toEqual(['01-05 11:00 run', '01-05 12:00 run']);
  });

  test('a reason that goes away by itself is noticed within a minute', async () => {
    const m = machine();
    m.blocked = { code: 'locked', message: 'Another Leadferry (process 7 on office) works on this data directory.' };
    m.start();
    await m.base.advance(10 * minuteMs + 1);
    m.blocked = null;
    await m.base.advance(minuteMs);
    expect(m.timeline).toEqual(['01-05 08:11 run']);
  });

  describe('a network that is not there yet, as after a sleep', () => {
    const noNetwork: BlockedReason = { code: 'no-network', message: 'This computer has no network.' };

    test('keeps back what is due, which begins as soon as it is there', async () => {
      const m = machine();
      m.blocked = noNetwork;
      const scheduler = m.start();
      await m.base.advance(3 * minuteMs);
      expect(scheduler.status()).toEqual({ kind: 'blocked', reason: noNetwork });
      m.blocked = null;
      m.resume();
      await m.base.advance(minuteMs);
      expect(m.timeline).toEqual(['01-05 08:03 run']);
    });

    test('hides no due time that is still to come', async () => {
      const m = machine();
      const scheduler = m.start();
      await m.base.advance(10 * minuteMs);
      m.blocked = noNetwork;
      await m.base.advance(10 * minuteMs);
      expect([scheduler.status(), scheduler.upcoming(1)]).toEqual([{ kind: 'waiting', dueAt: at('01-05 09:00') }, [at('01-05 09:00')]]);
    });

    test('keeps nothing back for ever: the machine may be wrong about it', async () => {
      const m = machine();
      m.blocked = noNetwork;
      m.start();
      await m.base.advance(2 * hourMs + minuteMs);
      expect(m.timeline).toEqual(['01-05 08:10 run', '01-05 09:20 schedule.missed', '01-05 09:20 run']);
    });
  });

  test('each status is heard of once', async () => {
    const m = machine();
    m.blocked = notConnected;
    const scheduler = m.start();
    const heard: string[] = [];
    scheduler.onChange(() => heard.push(scheduler.status().kind));
    await m.base.advance(5 * minuteMs);
    m.blocked = null;
    scheduler.recheck();
    scheduler.recheck();
    await m.base.advance(30 * minuteMs);
    await scheduler.stop();
    expect(heard).toEqual(['running', 'waiting', 'stopped']);
  });

  test('a stop waits for the run that is under way, and nothing begins after it', async () => {
    const m = machine();
    const scheduler = m.start();
    await m.base.advance(minuteMs);
    const stopped = scheduler.stop().then(() => m.note('stopped'));
    scheduler.recheck();
    m.resume();
    await m.base.advance(3 * hourMs);
    await stopped;
    expect([m.timeline, scheduler.status(), m.base.waiting()]).toEqual([
      ['01-05 08:00 run', '01-05 08:05 stopped'],
      { kind: 'stopped' },
      0,
    ]);
  });

  test('a run under way says since when, and what comes after it', async () => {
    const m = machine();
    const scheduler = m.start();
    await m.base.advance(minuteMs);
    expect([scheduler.status(), scheduler.upcoming(2)]).toEqual([
      { kind: 'running', since: at('01-05 08:00') },
      [at('01-05 09:00'), at('01-05 10:00')],
    ]);
  });

  test('a schedule that cannot be remembered begins nothing, and tries again', async () => {
    const base = fakeClock();
    const events: string[] = [];
    let diskIsFull = true;
    const scheduler = createScheduler({
      clock: base,
      power: { onResume: () => () => undefined },
      state: {
        read: () => null,
        write: () => {
          if (diskIsFull) throw new Error('database or disk is full');
        },
      },
      schedule: () => ({ jobFrequency: '1h', dailyAt: '06:00', timeZone: 'UTC' }),
      blocked: () => null,
      run: async () => {
        events.push('run');
        return 'finished';
      },
      log: { write: ({ event }) => events.push(event) },
    });
    scheduler.start();
    await base.advance(minuteMs);
    diskIsFull = false;
    await base.advance(minuteMs);
    expect(events).toEqual(['schedule.failed', 'schedule.failed', 'run']);
  });
});
