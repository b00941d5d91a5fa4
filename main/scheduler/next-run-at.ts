import type { JobFrequency } from '../../shared/settings.ts';
import { dayMs, instantOf, wallClockAt } from './zoned-time.ts';

/** When runs are due. Instants are milliseconds since the Unix epoch. */
export interface JobSchedule {
  readonly jobFrequency: JobFrequency;
  /** Wall-clock time for `daily`: "06:00". */
  readonly dailyAt: string;
  /** IANA name of the zone whose wall clock is meant. */
  readonly timeZone: string;
}

/**
 * The first due time after `lastDueAt`: an interval later by elapsed time, or the next time that the wall clock shows `dailyAt`
 * (once a day: the first time where clocks are set back, the moment of the change where they are set forward over it).
 */
export function nextRunAt(schedule: JobSchedule, lastDueAt: number): number {
  if (schedule.jobFrequency !== 'daily') return lastDueAt + intervalMs(schedule.jobFrequency);
  const timeOfDayMs = parseTimeOfDay(schedule.dailyAt);
  let day = Math.floor(wallClockAt(lastDueAt, schedule.timeZone) / dayMs);
  for (;;) {
    const instant = instantOf(day * dayMs + timeOfDayMs, schedule.timeZone);
    if (instant > lastDueAt) return instant;
    day += 1;
  }
}

/** The last due time that is not after `now`; `lastDueAt` itself where none has come since. However many were missed, they are one run. */
export function latestDueAt(schedule: JobSchedule, lastDueAt: number, now: number): number {
  if (schedule.jobFrequency !== 'daily') {
    const interval = intervalMs(schedule.jobFrequency);
    return lastDueAt + Math.max(0, Math.floor((now - lastDueAt) / interval)) * interval;
  }
  // Three days hold at least one due time, also around a change of the clocks.
  let latest = Math.max(lastDueAt, now - 3 * dayMs);
  for (let due = nextRunAt(schedule, latest); due <= now; due = nextRunAt(schedule, due)) latest = due;
  return latest;
}

/** The next `count` due times, beginning with `dueAt`. */
export function upcomingRuns(schedule: JobSchedule, dueAt: number, count: number): number[] {
  const runs: number[] = [];
  for (let due = dueAt; runs.length < count; due = nextRunAt(schedule, due)) runs.push(due);
  return runs;
}

const intervalMs = (frequency: Exclude<JobFrequency, 'daily'>): number => Number.parseInt(frequency, 10) * 3_600_000;

function parseTimeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}
