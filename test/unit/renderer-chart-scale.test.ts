import { expect, test } from 'vitest';
import { niceScale, scaled } from '../../renderer/screens/overview/scale.ts';

test.each([
  [0, [0, 1, 10]],
  [10, [0, 1, 10]],
  [11, [0, 1, 10, 100]],
  [3500, [0, 1, 10, 100, 1000, 10_000]],
])('the lines of the chart reach over the most, %d', (most, ticks) => {
  expect(niceScale(most)).toEqual(ticks);
});

test('what is nothing has no height, what is more stands higher, and the most reaches the top', () => {
  expect([scaled(0, 100), scaled(100, 100)]).toEqual([0, 1]);
  expect(scaled(3, 100)).toBeGreaterThan(scaled(2, 100));
});
