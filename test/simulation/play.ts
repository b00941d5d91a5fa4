import { createHash } from 'node:crypto';
import { openDatabase } from '../../main/store/open.ts';
import { openSyncStore, type SyncStore } from '../../main/store/sync-store.ts';
import { dropHeldPlan, releaseHeldPlan } from '../../main/sync/held-plan.ts';
import { answer } from './answer.ts';
import { BrokenPromise, type PromiseName } from './broken-promise.ts';
import { carryOut } from './deeds.ts';
import { interfere, waitingWrites } from './interfere.ts';
import { readJournal } from './journal.ts';
import { calmDown } from './quiet-runs.ts';
import { run } from './run.ts';
import type { Scenario, Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { watch } from './watch.ts';
import { createWorld } from './world.ts';

/** What came of a play. */
export interface Outcome {
  /** Null where every promise was kept. */
  readonly broken: { readonly promise: PromiseName; readonly message: string } | null;
  readonly trace: readonly string[];
  /** Of the whole trace: two plays of one scenario have the same. */
  readonly hash: string;
  readonly runs: number;
  readonly requests: number;
}

const hourMs = 3_600_000;

/** Plays a scenario to its end or to the first broken promise. */
export async function play(scenario: Scenario): Promise<Outcome> {
  const stage = setUp(scenario);
  let broken: Outcome['broken'] = null;
  stage.world.tell(`settings: ${JSON.stringify(scenario.settings)}`);
  stage.world.tell(`services: ${JSON.stringify({ activeCampaign: scenario.activeCampaign, dynamics: scenario.dynamics })}`);
  try {
    for (const step of scenario.steps) await playStep(stage, step);
    await calmDown(stage);
  } catch (error) {
    if (!(error instanceof BrokenPromise)) throw error;
    broken = { promise: error.promise, message: error.message };
    for (const line of whatTheProgramKnows(stage)) stage.world.tell(line);
    stage.world.tell(`BROKEN ${error.promise}: ${error.message}`);
  } finally {
    stage.store.database.close();
  }
  const { trace } = stage.world;
  return { broken, trace, hash: createHash('sha256').update(trace.join('\n')).digest('hex'), runs: stage.runs, requests: stage.requests };
}

function setUp(scenario: Scenario): Stage {
  const world = createWorld(scenario);
  return {
    scenario,
    world,
    watch: watch(world),
    agreements: new Map(),
    store: emptyStore(),
    lostJournal: [],
    configuration: scenario.settings,
    pairedByHand: { lead: new Map(), contact: new Map() },
    clockOffsetMs: 0,
    runs: 0,
    requests: 0,
    tidy: true,
  };
}

async function playStep(stage: Stage, step: Step): Promise<void> {
  const { world } = stage;
  switch (step.kind) {
    case 'deed':
      world.tell(carryOut(world, step.deed));
      return;
    case 'wait':
      world.clock.pass(step.ms);
      return;
    case 'clockJump':
      stage.clockOffsetMs += step.ms;
      world.tell(`this machine's clock jumps by ${step.ms / hourMs} h`);
      return;
    case 'settings':
      stage.configuration = step.settings;
      world.tell(`settings: ${JSON.stringify(step.settings)}`);
      return;
    case 'pairOptions':
      stage.pairedByHand[step.entity].set(step.column, step.options);
      world.tell(`options of ${step.entity} ${step.column} paired by hand: ${JSON.stringify(step.options)}`);
      return;
    case 'loseDatabase':
      if (!stage.tidy) world.ledger.journalLost();
      stage.lostJournal = [...stage.lostJournal, ...readJournal(stage.store.database)];
      stage.store.database.close();
      stage.store = emptyStore();
      stage.agreements.clear();
      stage.watch.databaseLost();
      stage.tidy = true;
      world.tell('the database is lost');
      return;
    case 'editWhatWaits': {
      const line = interfere(world, waitingWrites(stage.store.database), step.serial);
      if (line !== null) world.tell(`edit of what waits: ${line}`);
      return;
    }
    case 'answer': {
      const line = answer(stage, step.serial);
      if (line !== null) world.tell(`answer: ${line}`);
      return;
    }
    case 'answerGuard': {
      const { store } = stage;
      if (step.answer === 'release' ? releaseHeldPlan(store) : dropHeldPlan(store)) world.tell(`the held plan: ${step.answer}`);
      return;
    }
    case 'run':
      await run(stage, step);
      return;
  }
}

const emptyStore = (): SyncStore => openSyncStore(openDatabase(':memory:'));

function whatTheProgramKnows({ store: { database } }: Stage): string[] {
  return ['person', 'record', 'link', 'operation', 'problem'].flatMap((table) =>
    database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => `  ${table} ${JSON.stringify(row)}`),
  );
}
