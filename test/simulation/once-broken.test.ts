import { expect, test } from 'vitest';
import { drawScenario } from './draw-scenario.ts';
import { play } from './play.ts';

/** Seeds beyond the first ones that have found something once. */
const onceBroken = [
  1503, 1966, 2219, 6391, 6440, 6606, 6660, 6852, 7538, 7790, 11604, 12843, 14004, 14359, 18651, 19066, 19839, 2336, 5586, 2756, 13209,
  12033, 12762, 20135, 6227, 7262,
];

test.each(onceBroken)('seed %i, which broke a promise once, keeps it', { timeout: 300_000 }, async (seed) => {
  expect((await play(drawScenario(seed))).broken).toBeNull();
});
