import { parseArgs } from 'node:util';
import { drawScenario } from './draw-scenario.ts';
import { play } from './play.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, seed: { type: 'string' }, trace: { type: 'boolean', default: false } },
});
const [from = 1, to = from] = (values.seed ?? values.seeds ?? '1-300').split('-').map(Number);
let failed = 0;
for (let seed = from; seed <= to; seed += 1) {
  const outcome = await play(drawScenario(seed));
  if (values.trace) for (const line of outcome.trace) console.log(line);
  if (outcome.broken !== null) {
    failed += 1;
    console.log(`seed ${seed}: ${outcome.broken.promise} ${outcome.broken.message}`);
  }
}
console.log(`${to - from + 1} seeds, ${failed} failed`);
