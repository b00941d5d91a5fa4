import type { Status } from '../../shared/status.ts';
import type { Colour, Layer } from './paint.ts';
import { circle, grown, line, polygon, roundedBox, type Shape, union, without } from './shape.ts';

/** The ferry, from the side. */
const hull = polygon(0.9, [2.6, 13.6], [21.4, 13.6], [18.2, 18.2], [5.8, 18.2]);
const cabin = roundedBox(6.6, 8.4, 17.4, 12, 0.9);
const funnel = roundedBox(10.2, 3.6, 13.8, 7.6, 0.8);
const water = union(line(3, 22, 8.4, 22, 1.6), line(11, 22, 13, 22, 1.6), line(15.6, 22, 21, 22, 1.6));
const ferry = union(hull, cabin, funnel, water);

const white: Colour = [255, 255, 255, 1];
const black: Colour = [0, 0, 0, 1];

/** Scaled to `factor` around the middle of the grid. */
const scaled =
  (shape: Shape, factor: number): Shape =>
  (x, y) =>
    shape(12 + (x - 12) / factor, 12 + (y - 12) / factor) * factor;

/** The app's own icon. */
export const appIcon: readonly Layer[] = [
  {
    shape: roundedBox(1, 1, 23, 23, 5),
    fill: [
      [24, 132, 142, 1],
      [10, 74, 110, 1],
    ],
  },
  { shape: scaled(ferry, 0.66), fill: white },
];

const badge = circle(17.6, 17.6, 6.2);
const signs = {
  syncing: union(
    line(15.6, 20.4, 15.6, 15, 1.5),
    line(15.6, 14.8, 14, 16.6, 1.5),
    line(15.6, 14.8, 17, 16.6, 1.5),
    line(19.6, 14.8, 19.6, 20.2, 1.5),
    line(19.6, 20.4, 18.2, 18.6, 1.5),
    line(19.6, 20.4, 21.2, 18.6, 1.5),
  ),
  paused: union(line(15.8, 15.2, 15.8, 20, 1.9), line(19.4, 15.2, 19.4, 20, 1.9)),
  attention: union(line(17.6, 14.2, 17.6, 18, 1.9), circle(17.6, 20.9, 1.15)),
} as const satisfies Partial<Record<Status['indicator'], Shape>>;

const badgeColours = {
  syncing: [0, 120, 212, 1],
  paused: [110, 116, 120, 1],
  attention: [202, 80, 16, 1],
} as const satisfies Record<keyof typeof signs, Colour>;

const stroke = line(3, 3, 21, 21, 2);

/** `ink`: the shade that stands out from the bar that the icon is on. */
export function trayIcon(indicator: Status['indicator'], ink: 'light' | 'dark'): readonly Layer[] {
  const fill = ink === 'light' ? white : ([32, 36, 38, 1] as const);
  if (indicator === 'idle') return [{ shape: ferry, fill }];
  if (indicator === 'offline') return [{ shape: struckOut, fill: [fill[0], fill[1], fill[2], 0.75] }];
  return [
    { shape: without(ferry, grown(badge, 1.2)), fill },
    { shape: badge, fill: badgeColours[indicator] },
    { shape: signs[indicator], fill: white },
  ];
}

/** For the menu bar of macOS, which looks at the opacity alone. */
export function templateIcon(indicator: Status['indicator']): readonly Layer[] {
  if (indicator === 'idle') return [{ shape: ferry, fill: black }];
  if (indicator === 'offline') return [{ shape: struckOut, fill: black }];
  return [{ shape: union(without(ferry, grown(badge, 1.2)), without(badge, signs[indicator])), fill: black }];
}

const struckOut = union(without(ferry, grown(stroke, 1.4)), stroke);
