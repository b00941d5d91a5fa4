import type { AppState, RunProgress } from './app-state.ts';

/** What the tray and the window's status card say about the whole app. */
export interface Status {
  readonly indicator: 'idle' | 'syncing' | 'paused' | 'attention' | 'offline';
  /** A few words: "Up to date". */
  readonly headline: string;
  /** One sentence: "Next sync at 14:00 (in 42 minutes)". Empty where there is nothing to add. */
  readonly detail: string;
}

/** What matters most comes first: a run under way, then what a person has to do, then what is merely so. */
export function statusOf(state: AppState, now: number): Status {
  const next = nextRunSentence(state, now);
  if (state.run !== null) return { indicator: 'syncing', headline: runHeadline(state.run), detail: progressSentence(state.run) };
  // A service that cannot be reached is nothing that a person could do something about.
  const urgent = state.attention.find(({ about }) => about === 'heldPlan' || (about === 'run' && !state.offline));
  if (urgent !== undefined) return { indicator: 'attention', headline: 'Needs attention', detail: urgent.message };
  if (state.settingsProblems.length > 0) {
    return { indicator: 'attention', headline: 'Needs attention', detail: 'The settings file cannot be used.' };
  }
  if (!state.connected) return { indicator: 'paused', headline: 'Not connected', detail: 'Connect both accounts to begin.' };
  if (!state.started) return { indicator: 'paused', headline: 'Ready to start', detail: next };
  if (state.offline) return { indicator: 'offline', headline: 'Offline', detail: next };
  const problem = state.attention.find(({ about }) => about !== 'run');
  if (problem !== undefined) return { indicator: 'attention', headline: 'Needs attention', detail: problem.message };
  if (!state.settings.syncSettings.globalSync) return { indicator: 'paused', headline: 'Global Sync is off', detail: next };
  return { indicator: 'idle', headline: 'Waiting for the next sync', detail: next };
}

/** "Next sync at 14:00 (in 42 minutes)" in local time, or why there is none. */
export function nextRunSentence({ schedule }: AppState, now: number): string {
  const [next] = schedule.nextRunsAt;
  if (schedule.waitingBecause !== null) return schedule.waitingBecause;
  return next === undefined ? '' : `Next sync ${momentInWords(next, now)} (${durationInWords(next - now)})`;
}

export const runHeadline = ({ kind }: RunProgress): string => (kind === 'initial' ? 'Initial Sync is running' : 'Syncing');

/** "1,204 of 3,500 people, about 2 minutes left", or what it is doing while the number is not known. */
export function progressSentence({ activity, done, total, remainingMs }: RunProgress): string {
  if (total === null || total === 0) return activity;
  const progress = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} people`;
  return remainingMs === null ? progress : `${progress}, about ${roundedDuration(remainingMs)} left`;
}

/** "at 14:00" today, "tomorrow at 06:00", "on Monday, 3 August at 06:00". */
export function momentInWords(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = calendarDay(date) - calendarDay(new Date(now));
  if (days === 0) return `at ${clock}`;
  if (days === 1) return `tomorrow at ${clock}`;
  if (days === -1) return `yesterday at ${clock}`;
  return `on ${date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })} at ${clock}`;
}

/** "in 42 minutes"; "any moment now" for what is due. */
function durationInWords(durationMs: number): string {
  return durationMs < 30_000 ? 'any moment now' : `in ${roundedDuration(durationMs)}`;
}

/** "42 minutes", "2 hours 12 minutes". */
export function roundedDuration(durationMs: number): string {
  const minutes = Math.round(durationMs / 60_000);
  if (durationMs < 60_000) return 'a minute';
  if (minutes < 60) return plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours >= 6 || rest === 0 ? plural(Math.round(minutes / 60), 'hour') : `${plural(hours, 'hour')} ${plural(rest, 'minute')}`;
}

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** Days since the epoch by the local calendar. */
const calendarDay = (date: Date): number => Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
