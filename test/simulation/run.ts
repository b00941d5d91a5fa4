import type { LogInput } from '../../main/log/log.ts';
import type { Run } from '../../main/store/runs.ts';
import { BrokenPromise } from './broken-promise.ts';
import { carryOut } from './deeds.ts';
import { interfere } from './interfere.ts';
import { judgeMemory, noteAgreements } from './judge-memory.ts';
import { transportOf } from './network.ts';
import { startProcess } from './program.ts';
import type { RunStep } from './scenario.ts';
import { settingsOf } from './settings.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

/** One run with all that happens in it. @throws BrokenPromise */
export async function run(stage: Stage, step: RunStep): Promise<Run | 'killed'> {
  const { world, store, watch: watched, scenario } = stage;
  const stop = new AbortController();
  const deeds = [...step.deeds];
  let broken: BrokenPromise | null = null;
  const act = (upTo: number) => {
    for (let next = deeds[0]; next !== undefined && next.at <= upTo; next = deeds[0]) {
      deeds.shift();
      watched.disturbed();
      world.tell(`  meanwhile ${carryOut(world, next.deed)}`);
    }
  };
  const breakOff = (error: unknown) => {
    if (!(error instanceof BrokenPromise)) throw error;
    broken ??= error;
    simulated.kill();
  };
  const kill = () => {
    world.tell('  killed');
    simulated.kill();
  };
  const attempt = <Result>(work: () => Result): Result | undefined => {
    try {
      return work();
    } catch (error) {
      breakOff(error);
      return undefined;
    }
  };

  stage.runs += 1;
  world.tell(`run ${stage.runs}`);
  let writes = 0;
  watched.runStarts(store, stage.tidy, stage.configuration, (asked) => {
    writes += 1;
    for (const { at, serial } of step.interferences) {
      const line = at === writes ? interfere(world, asked, serial) : null;
      if (line === null) continue;
      watched.disturbed();
      world.tell(`  right before: ${line}`);
    }
  });
  const simulated = startProcess({
    world,
    store,
    settings: settingsOf(stage.configuration, stage.pairedByHand, world.office),
    timeZone: scenario.timeZone,
    asksAboutNewcomers: scenario.asksAboutNewcomers,
    clockOffsetMs: stage.clockOffsetMs,
    salt: step.salt,
    transport: transportOf(stage, step, breakOff, kill),
    stop: stop.signal,
    onAwait: (number) => {
      attempt(() => act(number));
      if (number === step.stoppedAt) stop.abort();
      if (step.killedAt?.kind === 'await' && number === step.killedAt.number) kill();
    },
    onLog: (entry) => attempt(() => note(world, entry)),
  });
  const ended = await simulated.ended;
  // What was ready to go on when it was killed has gone on.
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (broken !== null) throw broken;
  act(Number.POSITIVE_INFINITY);
  world.tell(`  ${ended === 'killed' ? 'was killed' : `${ended.kind} ${ended.outcome} ${JSON.stringify(ended.counts)}`}`);
  if (ended !== 'killed') {
    for (const { service, personId, dynamicsId, field, oldValue, newValue, rule } of store.journal.ofRun(ended.number))
      world.tell(`  journal: ${service} person ${personId} row ${dynamicsId} ${field}: ${oldValue} -> ${newValue} (${rule})`);
  }
  const finished = ended !== 'killed' && (ended.outcome === 'ok' || ended.outcome === 'attention');
  stage.tidy = finished && step.deeds.length + step.faults.length + step.interferences.length === 0;
  judgeMemory(stage, store);
  if (finished) noteAgreements(stage, store);
  return ended;
}

function note(world: World, entry: LogInput): void {
  if (entry.level !== 'debug') {
    const about = entry.person === undefined ? '' : ` ${JSON.stringify(entry.person)}`;
    const reason = typeof entry.details?.reason === 'string' ? ` (${entry.details.reason})` : '';
    world.tell(`  ${entry.event}${reason}: ${entry.message}${about}`);
  }
  if (entry.event === 'run.defect') throw new BrokenPromise('P7', entry.message.split('\n', 2).join(' '));
}
