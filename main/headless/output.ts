import type { LogEntry } from '../log/log.ts';
import type { Run } from '../store/runs.ts';
import type { Progress } from '../sync/engine.ts';

/** Where the command line tells what happens. */
export interface Output {
  log(entry: LogEntry): void;
  progress(progress: Progress): void;
  run(run: Run): void;
  /** Ends the line of a progress bar. */
  end(): void;
}

interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** One JSON object a line (contracts, section 4). */
export function jsonOutput(terminal: Terminal): Output {
  const line = (value: unknown) => terminal.write(`${JSON.stringify(value)}\n`);
  return {
    log: ({ details, ...entry }) => line({ type: 'log', ...details, ...entry }),
    progress: () => undefined,
    run: (run) => line(runLine(run)),
    end: () => undefined,
  };
}

function runLine(run: Run) {
  return {
    type: 'run',
    number: run.number,
    kind: run.kind,
    outcome: run.outcome,
    startedAt: new Date(run.startedAt).toISOString(),
    finishedAt: new Date(run.finishedAt ?? run.startedAt).toISOString(),
    ...run.counts,
  };
}

const shownLevels = new Set(['info', 'warn', 'error']);
/** What a run of thousands says of each person would drown a terminal: it is counted in the closing lines. */
const perPerson = new Set(['person.created', 'person.updated']);
/** How many people are named for one reason; the others are counted. */
const namedForEach = 3;
const barWidth = 30;
/** Without a terminal a bar is drawn anew at each fifth of the way. */
const stepsWithoutTerminal = 5;

/** Readable lines, and a progress bar. Everything that is left out here is in `logs/` and in the database. */
export function readableOutput(terminal: Terminal): Output {
  const named = new Map<string, number>();
  let bar = '';
  let lastStep = '';
  const clear = () => {
    if (bar !== '') terminal.write(`\r${' '.repeat(bar.length)}\r`);
    bar = '';
  };
  const line = (text: string) => {
    clear();
    terminal.write(`${text}\n`);
  };
  return {
    log: ({ time, level, event, message, person, details }) => {
      if (!shownLevels.has(level) || perPerson.has(event)) return;
      if (person !== undefined) {
        const reason = typeof details?.reason === 'string' ? details.reason : event;
        const count = (named.get(reason) ?? 0) + 1;
        named.set(reason, count);
        if (count > namedForEach) return;
      }
      const mark = level === 'info' ? ' ' : level === 'warn' ? '!' : 'X';
      const who = person?.email ?? person?.dynamics?.id;
      line(`${time.slice(11, 19)} ${mark} ${who === undefined ? '' : `${who}: `}${message}`);
    },
    progress: (progress) => {
      if (terminal.isTTY === true) {
        clear();
        bar = drawBar(progress).slice(0, (terminal.columns ?? 80) - 1);
        terminal.write(bar);
        return;
      }
      const share = progress.total === null || progress.total === 0 ? 0 : progress.done / progress.total;
      const step = `${progress.activity} ${Math.floor(share * stepsWithoutTerminal)}`;
      if (step !== lastStep) line(`           ${drawBar(progress)}`);
      lastStep = step;
    },
    run: ({ number, kind, outcome, counts, startedAt, finishedAt }) => {
      const seconds = (((finishedAt ?? startedAt) - startedAt) / 1000).toFixed(1);
      const { toActiveCampaign, toDynamics, requests } = counts;
      for (const [reason, count] of named) {
        if (count > namedForEach) line(`           … and ${count - namedForEach} more: ${reason}`);
      }
      named.clear();
      line(`Run ${number} (${kind}): ${outcome} in ${seconds} s`);
      line(
        `  to ActiveCampaign: ${toActiveCampaign.created} created, ${toActiveCampaign.updated} updated, ${toActiveCampaign.linked} linked`,
      );
      line(`  to Dynamics:       ${toDynamics.created} created, ${toDynamics.updated} updated, ${toDynamics.linked} linked`);
      line(`  ${counts.optOuts} opted out, ${counts.conflicts} conflicts, ${counts.held} held, ${counts.failed} refused`);
      line(`  requests: ${requests.activeCampaign} to ActiveCampaign, ${requests.dynamics} to Dynamics`);
    },
    end: clear,
  };
}

function drawBar({ activity, done, total }: Progress): string {
  if (total === null || total === 0) return `${activity}: ${done}`;
  const filled = Math.min(barWidth, Math.round((done / total) * barWidth));
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] ${activity}: ${done} of ${total}`;
}
