import type { Settings } from '../../shared/settings.ts';
import type { Notification, Notifier } from '../ports/notifier.ts';
import type { RunFailure } from './run-failure.ts';

/** How a run ended, as far as it is told outside the window. */
export interface RunEnd {
  readonly outcome: 'ok' | 'attention' | 'held' | 'failed' | 'stopped';
  /** The plan that a guard holds. */
  readonly held: { readonly run: number; readonly message: string } | null;
  /** People and fields that do not sync. */
  readonly problems: number;
  /** Rows that wait for an answer since the settings were changed. */
  readonly newcomers: number;
  /** Parts of the Data Configuration that it had to do without. */
  readonly leftOut: number;
}

/** Tells outside the window what a person should know without looking: each thing once, however often it is met again. */
export interface Announcer {
  failed(failure: RunFailure): void;
  ended(run: RunEnd): void;
  /** @param words That the client secret ends, when, and what to do. */
  secretEnds(words: string): void;
}

/** What was so already when the app was started, and was told then. */
export interface KnownBefore {
  readonly failure: RunFailure | null;
  readonly held: number | null;
  readonly problems: number;
  readonly newcomers: number;
  readonly leftOut: number;
}

/** @param wanted what may be told, as the settings say now. */
export function createAnnouncer(notifier: Notifier, wanted: () => Settings['general'], before: KnownBefore): Announcer {
  let failure = before.failure?.problem.message ?? null;
  let held = before.held;
  let { problems, newcomers, leftOut } = before;

  const tell = (notification: Notification) => {
    const { notifications, notifyAbout } = wanted();
    if (notifications && notifyAbout[notification.kind]) notifier.notify(notification);
  };

  return {
    failed: ({ problem, signIn }) => {
      if (problem.message === failure) return;
      failure = problem.message;
      if (signIn) tell({ kind: 'signIn', title: 'Leadferry cannot sign in', body: problem.message });
      else tell({ kind: 'attention', title: 'Leadferry needs attention', body: problem.message });
    },
    secretEnds: (words) => tell({ kind: 'signIn', title: 'A client secret ends', body: words }),
    ended: (run) => {
      if (run.outcome === 'held' && run.held !== null && run.held.run !== held) {
        held = run.held.run;
        tell({ kind: 'heldRun', title: 'Leadferry holds a run', body: `Nothing was written: ${run.held.message}.` });
      }
      if (run.outcome !== 'ok' && run.outcome !== 'attention') return;
      if (failure !== null || held !== null) {
        tell({ kind: 'backToNormal', title: 'Leadferry is back to normal', body: 'The last run went through.' });
      }
      failure = null;
      held = null;
      const more = run.problems - problems;
      problems = run.problems;
      if (more > 0) {
        const who = more === 1 ? 'One more person or field does' : `${more} more people or fields do`;
        tell({ kind: 'attention', title: 'Leadferry needs attention', body: `${who} not sync. The list of people says why.` });
      }
      const lacking = run.leftOut - leftOut;
      leftOut = run.leftOut;
      if (lacking > 0) {
        const what = lacking === 1 ? 'A part' : `${lacking} parts`;
        const body = `${what} of the Data Configuration cannot be carried out. The Overview says which.`;
        tell({ kind: 'attention', title: 'Leadferry needs attention', body });
      }
      const waiting = run.newcomers - newcomers;
      newcomers = run.newcomers;
      if (waiting > 0) {
        const who = waiting === 1 ? 'One more record meets' : `${waiting} more records meet`;
        tell({ kind: 'attention', title: 'Leadferry has a question', body: `${who} the criteria now. Answer whether to bring them in.` });
      }
    },
  };
}
