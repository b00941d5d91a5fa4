import { join } from 'node:path';
import type { SettingsProblem } from '../../shared/app-state.ts';
import { scaledClock, systemClock } from '../ports/clock.ts';
import { noPowerEvents } from '../ports/power.ts';
import { systemRandom } from '../ports/random.ts';
import type { BlockedReason } from '../scheduler/scheduler.ts';
import { openServices, type Services } from '../services/services.ts';
import { SettingsRefusedError } from '../settings/settings-service.ts';
import { StoreError } from '../store/errors.ts';
import type { RunOutcome } from '../store/runs.ts';
import { dropHeldPlan, heldPlan, releaseHeldPlan } from '../sync/held-plan.ts';
import type { HeadlessOptions } from './options.ts';
import { jsonOutput, readableOutput } from './output.ts';

/** Exit statuses (contracts, section 4). */
const exitStatus = { ok: 0, failed: 1, unusable: 2, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs the program without a window. @returns the exit status. */
export async function runHeadless(options: HeadlessOptions): Promise<number> {
  const clock = systemClock;
  const configFile = join(options.dataDirectory, 'config.json');
  let services: Services;
  try {
    services = await openServices({
      dataDirectory: options.dataDirectory,
      mode: options.demo ? 'sample' : 'real',
      clock,
      schedulerClock: options.timeScale === 1 ? clock : scaledClock(clock, options.timeScale),
      random: systemRandom,
      power: noPowerEvents,
      environment: process.env,
      waitsForStart: false,
      asksAboutNewcomers: false,
    });
  } catch (error) {
    return refuse(error, configFile);
  }
  try {
    if (options.held !== null) return actOnHeldPlan(services, options.held);
    const unusable = whyUnusable(services, configFile) ?? (await whyNoSecrets(services));
    if (unusable !== null) {
      process.stderr.write(`${unusable}\n`);
      return exitStatus.unusable;
    }
    return await follow(services, options);
  } finally {
    await services.close();
  }
}

/** Runs until `--runs` are finished or a signal comes. */
function follow(services: Services, { runs, json }: HeadlessOptions): Promise<number> {
  const output = json ? jsonOutput(process.stdout) : readableOutput(process.stdout);
  services.logListeners.subscribe(output.log);
  services.onProgress(output.progress);
  return new Promise((resolve) => {
    let finished = 0;
    let worst: number = exitStatus.ok;
    let signalled: number | null = null;
    const end = (status: number) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
      output.end();
      resolve(status);
    };
    const onSignal = (signal: NodeJS.Signals) => {
      if (signalled !== null) return;
      signalled = signal === 'SIGINT' ? exitStatus.SIGINT : exitStatus.SIGTERM;
      services.requestStop();
      // A run that is under way ends after the write that it is at; `onRun` hears of it.
      if (services.scheduler.status().kind !== 'running') end(signalled);
    };
    services.onRun((run) => {
      output.run(run);
      finished += 1;
      if (isFailure(run.outcome)) worst = exitStatus.failed;
      if (signalled !== null) end(signalled);
      else if (finished === runs) end(worst);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
    // Whoever read the lines has gone (`| head`): without this the process would break off in the middle of a write.
    process.stdout.on('error', () => onSignal('SIGTERM'));
    services.scheduler.start();
  });
}

const isFailure = (outcome: RunOutcome | null): boolean => outcome === 'failed' || outcome === 'held';

function whyUnusable({ settings, blocked }: Services, configFile: string): string | null {
  const problems = settings.problem();
  if (problems !== null) return refusedSettings(problems, configFile);
  const reason = blocked();
  return reason === null ? null : `${reason.message} ${whatToDo(reason.code, configFile)}`;
}

function whatToDo(code: BlockedReason['code'], configFile: string): string {
  switch (code) {
    case 'not-connected':
    case 'not-started':
      return `Fill in ${configFile}, or use --demo.`;
    case 'settings-refused':
      return `Correct ${configFile}.`;
    case 'no-network':
      return 'Connect this machine to a network.';
    case 'locked':
      return 'End it first, or use another data directory.';
  }
}

const refusedSettings = (problems: readonly SettingsProblem[], configFile: string): string =>
  [`${configFile} cannot be used, and is left as it is:`, ...problems.map(({ message }) => `  ${message}`)].join('\n');

/** Secrets are asked for once before the first run, so that a missing one is said at once and not at the first due time. */
async function whyNoSecrets({ connector, settings }: Services): Promise<string | null> {
  try {
    await connector.connect(settings.current(), () => undefined);
    return null;
  } catch (error) {
    return error instanceof Error ? `${error.message}${adviceOf(error)}` : String(error);
  }
}

const adviceOf = (error: Error): string => {
  if ('details' in error && typeof error.details === 'object' && error.details !== null && 'advice' in error.details)
    return ` ${String(error.details.advice)}`;
  return 'advice' in error ? ` ${String(error.advice)}` : '';
};

function actOnHeldPlan({ store }: Services, action: 'show' | 'release' | 'drop'): number {
  const held = heldPlan(store);
  if (held === null) process.stdout.write('No run is held.\n');
  else if (action === 'show') {
    process.stdout.write(
      `Run ${held.run} is held since ${new Date(held.heldAt).toISOString()} by the guard "${held.guard}": ${held.message}\n`,
    );
    process.stdout.write(
      `${store.outbox.countPlanned()} operations are planned.${held.released ? ' It is released: the next run carries it out.' : ''}\n`,
    );
  } else if (action === 'release') {
    releaseHeldPlan(store);
    process.stdout.write(`Run ${held.run} is released: the next run carries its plan out.\n`);
  } else {
    dropHeldPlan(store);
    process.stdout.write(`The plan of run ${held.run} is dropped: the next run reads and plans anew.\n`);
  }
  return exitStatus.ok;
}

function refuse(error: unknown, configFile: string): number {
  if (error instanceof SettingsRefusedError) process.stderr.write(`${refusedSettings(error.problems, configFile)}\n`);
  else if (error instanceof StoreError) process.stderr.write(`${error.message} ${error.advice}\n`);
  else if (error instanceof Error) process.stderr.write(`${error.message}\n`);
  else throw error;
  return exitStatus.unusable;
}
