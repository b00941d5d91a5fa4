import { expect, test } from 'vitest';
import { drawScenario } from './draw-scenario.ts';
import { play } from './play.ts';

const seeds = 300;
/** Seeds of one test, so that a failure is told while the others still run. */
const together = 25;
const timeoutMs = 300_000;

for (let first = 1; first <= seeds; first += together) {
  test(`seeds ${first} to ${first + together - 1} keep every promise`, { timeout: timeoutMs }, async () => {
    const broken: string[] = [];
    for (let seed = first; seed < first + together; seed += 1) {
      const outcome = await play(drawScenario(seed));
      if (outcome.broken !== null) broken.push(`seed ${seed}: ${outcome.broken.promise} ${outcome.broken.message}`);
    }
    expect(broken).toEqual([]);
  });
}

test('a seed that is played twice leaves the same trace', { timeout: timeoutMs }, async () => {
  for (const seed of [3, 11, 60, 112, 144]) {
    const [first, second] = [await play(drawScenario(seed)), await play(drawScenario(seed))];
    expect({ seed, hash: second.hash, lines: second.trace.length }).toEqual({ seed, hash: first.hash, lines: first.trace.length });
  }
});
