import { expect, test } from 'vitest';
import { throttle } from '../../main/electron/throttle.ts';
import { fakeClock } from '../support/fake-clock.ts';

const throttled = () => {
  const clock = fakeClock();
  const times: number[] = [];
  const ask = throttle(clock, 100, () => times.push(clock.monotonic()));
  return { clock, times, ask };
};

test('the first request is met at once, the last one when the time has passed, none more often', async () => {
  const { clock, times, ask } = throttled();
  for (let n = 0; n < 5; n += 1) ask();
  await clock.advance(1000);
  ask();
  expect([times, clock.waiting()]).toEqual([[0, 100, 1000], 1]);
});

test('what waits is met now where somebody cannot wait, and nothing else is', async () => {
  const { clock, times, ask } = throttled();
  ask.flush();
  ask();
  ask.flush();
  ask();
  await clock.advance(40);
  ask.flush();
  ask();
  await clock.advance(1000);
  expect(times).toEqual([0, 40, 140]);
});
