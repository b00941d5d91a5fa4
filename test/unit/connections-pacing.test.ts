import { expect, test } from 'vitest';
import { createLimiter } from '../../main/connections/http/pacing.ts';
import { fakeClock } from '../support/fake-clock.ts';

const never = new AbortController().signal;
const fourASecond = { startsPerSecond: 4, inFlight: 10 };

test('starts are spaced evenly and come in the order of asking', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  const starts: string[] = [];
  for (const name of ['first', 'second', 'third']) void limiter.run(async () => starts.push(`${name} ${clock.monotonic()}`), never);
  await clock.advance(2_000);
  expect(starts).toEqual(['first 0', 'second 250', 'third 500']);
});

test('a rest does not save up turns for a burst', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  await clock.advance(60_000);
  const starts: number[] = [];
  for (let each = 0; each < 3; each += 1) void limiter.run(async () => starts.push(clock.monotonic()), never);
  await clock.advance(1_000);
  expect(starts).toEqual([60_000, 60_250, 60_500]);
});

test('no more than the allowed number is in flight, and one that fails makes room', async () => {
  const clock = fakeClock();
  const limiter = createLimiter({ startsPerSecond: null, inFlight: 2 }, clock);
  const events: string[] = [];
  const work = (name: string, durationMs: number) => async () => {
    events.push(`${name} starts at ${clock.monotonic()}`);
    await clock.sleep(durationMs);
    if (name === 'a') throw new Error('a fails');
  };
  const failed = expect(limiter.run(work('a', 100), never)).rejects.toThrow('a fails');
  void limiter.run(work('b', 300), never);
  void limiter.run(work('c', 100), never);
  await clock.advance(1_000);
  await failed;
  expect(events).toEqual(['a starts at 0', 'b starts at 0', 'c starts at 100']);
});

test('a throttling holds everybody back for as long as the service asks, and slows the pace down', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  const starts: number[] = [];
  const run = () => void limiter.run(async () => starts.push(clock.monotonic()), never);
  run();
  run();
  run();
  limiter.throttled(30_000);
  await clock.advance(60_000);
  expect(starts).toEqual([0, 30_000, 30_312.5]);
});

test('the pace recovers when nothing is throttled any more', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  limiter.throttled(0);
  const starts: number[] = [];
  for (let each = 0; each < 60; each += 1) void limiter.run(async () => starts.push(clock.monotonic()), never);
  await clock.advance(60_000);
  const spacings = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  expect([spacings[0], spacings.at(-1)]).toEqual([312.5, 250]);
});

test('where others use the account as well, the pace that is too fast is tried less and less often', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  let lastStartAt = Number.NEGATIVE_INFINITY;
  let starts = 0;
  const throttledAt: number[] = [];
  const request = async () => {
    starts += 1;
    const tooFast = clock.monotonic() - lastStartAt < 300;
    lastStartAt = clock.monotonic();
    if (!tooFast) return;
    throttledAt.push(starts);
    limiter.throttled(1_000);
  };
  for (let each = 0; each < 1_000; each += 1) void limiter.run(request, never);
  await clock.advance(1_000_000);
  expect(throttledAt).toEqual([2, 24, 66, 148, 310, 632, 954]);
});

test('who asks for two turns leaves every second one to others', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  const starts: string[] = [];
  const run = (name: string, turns?: number) => void limiter.run(async () => starts.push(`${name} ${clock.monotonic()}`), never, turns);
  run('slow', 2);
  run('slow', 2);
  run('quick');
  run('quick');
  await clock.advance(2_000);
  expect(starts).toEqual(['slow 0', 'slow 500', 'quick 1000', 'quick 1250']);
});

test('whoever gives up while waiting leaves at once, and the next one moves up', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  const giveUp = new AbortController();
  const starts: string[] = [];
  void limiter.run(async () => starts.push(`a ${clock.monotonic()}`), never);
  const abandoned = expect(limiter.run(async () => starts.push('b'), giveUp.signal)).rejects.toThrow('stopped');
  void limiter.run(async () => starts.push(`c ${clock.monotonic()}`), never);
  giveUp.abort(new Error('stopped'));
  await abandoned;
  await clock.advance(1_000);
  expect(starts).toEqual(['a 0', 'c 250']);
});

test('when everybody has left, no timer keeps the program alive', async () => {
  const clock = fakeClock();
  const limiter = createLimiter(fourASecond, clock);
  const giveUp = new AbortController();
  limiter.throttled(600_000);
  const abandoned = expect(limiter.run(async () => 'started', giveUp.signal)).rejects.toThrow('stopped');
  giveUp.abort(new Error('stopped'));
  await abandoned;
  await clock.advance(0);
  expect(clock.waiting()).toBe(0);
});
