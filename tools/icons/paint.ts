import type { Shape } from './shape.ts';

/** Red, green, blue from 0 to 255, opacity from 0 to 1. */
export type Colour = readonly [number, number, number, number];

export interface Layer {
  readonly shape: Shape;
  /** One colour, or the colours at the top and at the bottom. */
  readonly fill: Colour | readonly [Colour, Colour];
}

export interface Picture {
  readonly size: number;
  /** RGBA, row by row. */
  readonly pixels: Uint8Array;
}

const grid = 24;

/** Paints the layers, the first at the bottom, with edges smoothed over one pixel. */
export function paint(size: number, layers: readonly Layer[]): Picture {
  const pixels = new Uint8Array(size * size * 4);
  const unit = grid / size;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      pixels.set(pixel((column + 0.5) * unit, (row + 0.5) * unit, unit, layers), (row * size + column) * 4);
    }
  }
  return { size, pixels };
}

function pixel(x: number, y: number, unit: number, layers: readonly Layer[]): readonly number[] {
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (const { shape, fill } of layers) {
    const coverage = Math.max(0, Math.min(1, 0.5 - shape(x, y) / unit));
    if (coverage === 0) continue;
    const [r, g, b, a] = colourAt(fill, y / grid);
    const over = a * coverage;
    const result = over + opacity * (1 - over);
    const mix = (below: number, above: number) => (above * over + below * opacity * (1 - over)) / result;
    [red, green, blue, opacity] = [mix(red, r), mix(green, g), mix(blue, b), result];
  }
  return [Math.round(red), Math.round(green), Math.round(blue), Math.round(opacity * 255)];
}

function colourAt(fill: Layer['fill'], height: number): Colour {
  if (fill.length === 4) return fill;
  const [top, bottom] = fill;
  const between = (index: 0 | 1 | 2 | 3) => top[index] + (bottom[index] - top[index]) * height;
  return [between(0), between(1), between(2), between(3)];
}
