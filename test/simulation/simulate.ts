import { parseArgs } from 'node:util';
import { promises } from './broken-promise.ts';
import { drawScenario } from './draw-scenario.ts';
import { type Outcome, play } from './play.ts';
import { shorten } from './shorten.ts';

const usage = `Plays the whole engine against the sample services, everything from one seed.

  npm run simulate -- --seeds 1-300          one line for each seed that breaks a promise
  npm run simulate -- --seed 17              the shortest scenario in which seed 17 still breaks its promise
  npm run simulate -- --seed 17 --trace      everything that happens under seed 17`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const range = /^(\d+)(?:-(\d+))?$/.exec(values.seed ?? values.seeds ?? '1-300');
if (values.help || range === null) {
  console.log(usage);
  process.exitCode = range === null ? 2 : 0;
} else {
  const from = Number(range[1]);
  const to = Number(range[2] ?? range[1]);
  let failed = 0;
  for (let seed = from; seed <= to; seed += 1) {
    const outcome = await play(drawScenario(seed));
    if (values.seed !== undefined) await show(seed, outcome);
    if (outcome.broken === null) continue;
    failed += 1;
    console.log(`seed ${seed}: ${outcome.broken.promise} (${promises[outcome.broken.promise]}): ${outcome.broken.message}`);
  }
  console.log(`${to - from + 1} seeds, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function show(seed: number, outcome: Outcome): Promise<void> {
  if (values.trace) {
    for (const line of outcome.trace) console.log(line);
    console.log(`trace ${outcome.hash}`);
    return;
  }
  if (outcome.broken === null) return;
  const shortest = await shorten(drawScenario(seed), outcome);
  for (const line of shortest.outcome.trace) console.log(line);
  console.log(`Left of ${outcome.trace.length} lines: ${shortest.outcome.trace.length}.`);
}
