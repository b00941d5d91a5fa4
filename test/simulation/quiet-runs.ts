import type { Run } from '../../main/store/runs.ts';
import { heldPlan, releaseHeldPlan } from '../../main/sync/held-plan.ts';
import { BrokenPromise } from './broken-promise.ts';
import { judgeEnd } from './judge-end.ts';
import { run } from './run.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;
const quietRuns = 3;

/** Nobody edits anything any more, and nothing goes wrong: three runs must do. */
export async function calmDown(stage: Stage): Promise<void> {
  const { world, scenario } = stage;
  stage.configuration = scenario.finalSettings;
  world.tell(`quiet from here on; settings: ${JSON.stringify(scenario.finalSettings)}`);
  let salt = scenario.seed * 31;
  let counted = 0;
  for (let tries = 0; counted < quietRuns; tries += 1) {
    if (tries > 12) throw new BrokenPromise('P8', 'the runs do not come to an end');
    const takenUp = stage.store.runs.unfinished() !== null || heldPlan(stage.store) !== null;
    salt += 1;
    const outcome = await quietRun(stage, salt);
    // A run that was taken up, or let go by a person, carries out what was planned before it became quiet.
    if (!takenUp && outcome !== 'held') counted += 1;
  }
  judgeEnd(stage, stage.store);
  const before = pictureOf(world);
  await quietRun(stage, salt + 1);
  const changed = differences(before, pictureOf(world));
  if (changed.length > 0) throw new BrokenPromise('P8', `a further quiet run still writes: ${changed.slice(0, 3).join('; ')}`);
}

async function quietRun(stage: Stage, salt: number): Promise<Run['outcome']> {
  stage.world.clock.pass(25 * hourMs);
  releaseHeldPlan(stage.store);
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
