import { createHash } from 'node:crypto';
import type { HttpTransport } from '../../main/connections/http/transport.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import type { LogInput } from '../../main/log/log.ts';
import { openDatabase } from '../../main/store/open.ts';
import type { Run } from '../../main/store/runs.ts';
import { openSyncStore } from '../../main/store/sync-store.ts';
import { dropHeldPlan, heldPlan, releaseHeldPlan } from '../../main/sync/held-plan.ts';
import { type Fault, withFaults } from '../sample-services/faults.ts';
import { inProcessTransport } from '../sample-services/in-process-transport.ts';
import { BrokenPromise, type PromiseName } from './broken-promise.ts';
import { carryOut } from './deeds.ts';
import { faults } from './faults.ts';
import { interfere, waitingWrites } from './interfere.ts';
import { readJournal } from './journal.ts';
import { judgeEnd } from './judge-end.ts';
import { judgeMemory, noteAgreements } from './judge-memory.ts';
import { startProcess } from './program.ts';
import { writesOf } from './requests.ts';
import type { RunStep, Scenario, Step } from './scenario.ts';
import { activeCampaignUrl, dynamicsUrl, settingsOf } from './settings.ts';
import type { Stage } from './stage.ts';
import { type Watch, watch } from './watch.ts';
import { createWorld, type World } from './world.ts';

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
const quietRuns = 3;

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
    stage.database.close();
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
    database: openDatabase(':memory:'),
    lostJournal: [],
    configuration: scenario.settings,
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
    case 'loseDatabase':
      if (!stage.tidy) world.ledger.journalLost();
      stage.lostJournal = [...stage.lostJournal, ...readJournal(stage.database)];
      stage.database.close();
      stage.database = openDatabase(':memory:');
      stage.agreements.clear();
      stage.watch.databaseLost();
      stage.tidy = true;
      world.tell('the database is lost');
      return;
    case 'editWhatWaits': {
      const line = interfere(world, waitingWrites(stage.database), step.serial);
      if (line !== null) world.tell(`edit of what waits: ${line}`);
      return;
    }
    case 'answerGuard': {
      const store = openSyncStore(stage.database);
      if (step.answer === 'release' ? releaseHeldPlan(store) : dropHeldPlan(store)) world.tell(`the held plan: ${step.answer}`);
      return;
    }
    case 'run':
      await run(stage, step);
      return;
  }
}

/** One run with all that happens in it. @throws BrokenPromise */
async function run(stage: Stage, step: RunStep): Promise<Run | 'killed'> {
  const { world, watch: watched, scenario } = stage;
  const store = openSyncStore(stage.database);
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
  watched.runStarts(store, stage.tidy, (asked) => {
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
    settings: settingsOf(stage.configuration, world.office),
    timeZone: scenario.timeZone,
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

/** What a killed process waits for. */
const nothingMore = new Promise<never>(() => {});

/** The network: each answer takes its own time, and some never come. */
function transportOf(stage: Stage, step: RunStep, breakOff: (error: unknown) => void, kill: () => void): HttpTransport {
  const { world, watch: watched } = stage;
  const random = seededRandom(step.salt + 7);
  const chosen = new Map(step.faults.map(({ at, fault }) => [at, fault]));
  let number = 0;
  let written = 0;
  const disturb = (fault: Fault | null) => {
    if (fault !== null) watched.disturbed();
    return fault;
  };
  const served = (handler: Watch['dynamics']) => {
    const slow: Watch['dynamics'] = async (request) => {
      const [there, back] = [random.fraction(), random.fraction()];
      if (there > 0.3) await world.clock.sleep(there * 600);
      try {
        const response = await handler(request);
        if (back > 0.5) await world.clock.sleep(back * 400);
        return response;
      } catch (error) {
        breakOff(error);
        throw error;
      }
    };
    return slow;
  };
  const faultOf = () => {
    number += 1;
    const name = chosen.get(number);
    if (name !== undefined) world.tell(`  fault: ${name}`);
    return disturb(name === undefined ? null : faults[name]);
  };
  const transport = inProcessTransport(
    {
      [activeCampaignUrl]: withFaults(served(watched.activeCampaign), faultOf, world.clock),
      [dynamicsUrl]: withFaults(served(watched.dynamics), faultOf, world.clock),
    },
    world.clock,
  );
  return async (request, limits) => {
    const { pathname, search } = new URL(request.url);
    const asked = writesOf(request);
    const line = `${request.method} ${pathname}${decodeURIComponent(search)}${asked.length === 0 ? '' : ` ${JSON.stringify(asked)}`}`;
    stage.requests += 1;
    if (asked.length > 0) written += 1;
    const killsHere = asked.length > 0 && step.killedAt?.number === written ? step.killedAt.kind : null;
    if (killsHere === 'beforeWrite') kill();
    try {
      const response = await (killsHere === 'beforeWrite' ? nothingMore : transport(request, limits));
      if (killsHere === 'afterWrite') kill();
      world.tell(`  ${line} ${response.status}`);
      watched.delivered(request, response);
      return response;
    } catch (error) {
      world.tell(`  ${line} ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  };
}

/** Nobody edits anything any more, and nothing goes wrong: three runs must do. */
async function calmDown(stage: Stage): Promise<void> {
  const { world, scenario } = stage;
  stage.configuration = scenario.finalSettings;
  world.tell(`quiet from here on; settings: ${JSON.stringify(scenario.finalSettings)}`);
  let salt = scenario.seed * 31;
  let counted = 0;
  for (let tries = 0; counted < quietRuns; tries += 1) {
    if (tries > 12) throw new BrokenPromise('P8', 'the runs do not come to an end');
    const takenUp = openSyncStore(stage.database).runs.unfinished() !== null || heldPlan(openSyncStore(stage.database)) !== null;
    salt += 1;
    const outcome = await quietRun(stage, salt);
    // A run that was taken up, or let go by a person, carries out what was planned before it became quiet.
    if (!takenUp && outcome !== 'held') counted += 1;
  }
  judgeEnd(stage, openSyncStore(stage.database));
  const before = pictureOf(world);
  await quietRun(stage, salt + 1);
  const changed = differences(before, pictureOf(world));
  if (changed.length > 0) throw new BrokenPromise('P8', `a further quiet run still writes: ${changed.slice(0, 3).join('; ')}`);
}

async function quietRun(stage: Stage, salt: number): Promise<Run['outcome']> {
  stage.world.clock.pass(25 * hourMs);
  releaseHeldPlan(openSyncStore(stage.database));
  const ended = await run(stage, { kind: 'run', salt, deeds: [], interferences: [], faults: [], killedAt: null, stoppedAt: null });
  if (ended === 'killed') throw new Error('Nobody kills a quiet run');
  if (ended.outcome === 'failed') throw new BrokenPromise('P7', `a quiet run failed: ${stage.world.trace.slice(-4).join(' | ')}`);
  return ended.outcome;
}

/** Everything that a service shows, stamps included: whatever is written moves one. */
function pictureOf({ office, salesPeople }: World): Map<string, string> {
  const picture = new Map<string, string>();
  for (const person of office.people()) picture.set(`person ${person.id}`, JSON.stringify(person));
  for (const table of ['lead', 'contact'] as const) {
    for (const row of salesPeople.rows(table)) picture.set(`${table} ${row.id}`, JSON.stringify(row.columns));
  }
  return picture;
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const changed = [...after].flatMap(([key, now]) => {
    const then = before.get(key);
    return then === now ? [] : [`${key} was ${then ?? 'not there'} and is ${now}`];
  });
  return [...changed, ...[...before.keys()].filter((key) => !after.has(key)).map((key) => `${key} is gone`)];
}

function whatTheProgramKnows({ database }: Stage): string[] {
  return ['person', 'record', 'link', 'operation', 'problem'].flatMap((table) =>
    database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => `  ${table} ${JSON.stringify(row)}`),
  );
}
