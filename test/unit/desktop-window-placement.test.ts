import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeWindow, smallest } from '../../main/electron/window-placement.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };

test.each([
  ['the first time, the system finds a place', null, [laptop], { width: 1180, height: 780 }],
  ['the first time, no larger than the screen', null, [{ ...laptop, height: 700 }], { width: 1180, height: 700 }],
  ['as it was left', { x: 1500, y: 40, width: 1200, height: 800 }, [laptop, beside], { x: 1500, y: 40, width: 1200, height: 800 }],
  [
    'partly beyond the edge, as it was left',
    { x: -900, y: 300, width: 1200, height: 800 },
    [laptop],
    { x: -900, y: 300, width: 1200, height: 800 },
  ],
  [
    'in the middle of the main screen, with its size, when its own screen is gone',
    { x: 1500, y: 40, width: 1200, height: 800 },
    [laptop],
    { x: 120, y: 63, width: 1200, height: 800 },
  ],
  [
    'in the middle, when its title bar is above the screen',
    { x: 100, y: -400, width: 1000, height: 700 },
    [laptop],
    { x: 220, y: 113, width: 1000, height: 700 },
  ],
  [
    'in the middle, when only a sliver of it is to be seen',
    { x: 1420, y: 100, width: 1000, height: 700 },
    [laptop],
    { x: 220, y: 113, width: 1000, height: 700 },
  ],
  [
    'smaller, where the screen has become smaller',
    { x: 0, y: 30, width: 2500, height: 1400 },
    [laptop],
    { x: 0, y: 30, width: 1440, height: 875 },
  ],
])('the window is opened %s', (_name, remembered, areas, placed) => {
  expect(placeWindow(remembered, areas)).toEqual(placed);
});

test('whatever was remembered, the title bar of a window is on a screen', () => {
  const coordinate = fc.integer({ min: -20_000, max: 20_000 });
  const size = fc.integer({ min: 200, max: 10_000 });
  fc.assert(
    fc.property(fc.record({ x: coordinate, y: coordinate, width: size, height: size }), (remembered) => {
      const { x = 0, y = 0, width = 0, height = 0 } = placeWindow(remembered, [laptop, beside]);
      const seen = [laptop, beside].some(
        (area) => x + width > area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height,
      );
      return seen && width >= smallest.width && height >= smallest.height;
    }),
  );
});
