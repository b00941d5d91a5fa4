import type { WindowPlacement } from './desktop-store.ts';

type Rectangle = WindowPlacement['bounds'];

/** Wide enough for the screens without a horizontal scroll bar. */
export const smallest = { width: 900, height: 640 };
const initial = { width: 1180, height: 780 };

/** As much of the title bar as a person needs to take hold of the window. */
const handle = { width: 160, height: 32 };

/**
 * Where the window is opened. As it was left, where that can still be seen and taken hold of; else in the middle of the first screen, as a screen may
 * have been taken away or have become smaller since. Without a place the system finds one.
 * @param areas what can be used of each screen, the main one first.
 */
export function placeWindow(remembered: Rectangle | null, areas: readonly Rectangle[]): Partial<Rectangle> {
  const [main] = areas;
  if (remembered === null) return main === undefined ? initial : fitted(initial, main);
  const asLeft = areas.map((area) => ({ area, bounds: { ...remembered, ...fitted(remembered, area) } }));
  const seen = asLeft.find(({ area, bounds }) => holdsTitleBar(area, bounds));
  if (seen !== undefined) return seen.bounds;
  if (main === undefined) return fitted(remembered, remembered);
  const size = fitted(remembered, main);
  return { ...size, x: Math.round(main.x + (main.width - size.width) / 2), y: Math.round(main.y + (main.height - size.height) / 2) };
}

function holdsTitleBar(area: Rectangle, window: Rectangle): boolean {
  const seenWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return seenWidth >= handle.width && window.y >= area.y && window.y + handle.height <= area.y + area.height;
}

function fitted({ width, height }: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Pick<Rectangle, 'width' | 'height'> {
  return {
    width: Math.max(smallest.width, Math.min(width, area.width)),
    height: Math.max(smallest.height, Math.min(height, area.height)),
  };
}
