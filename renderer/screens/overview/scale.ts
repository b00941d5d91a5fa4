/** Where the lines of the chart are: 0, and the powers of ten up to the first that is not below `most`. */
export function niceScale(most: number): readonly number[] {
  const ticks = [0];
  for (let tick = 1; ; tick *= 10) {
    ticks.push(tick);
    if (tick >= most && tick >= 10) return ticks;
  }
}

/** How high `value` stands, from 0 to 1 at `most`: 0 at 0, and every tenfold the same step. */
export const scaled = (value: number, most: number): number => Math.log10(1 + value) / Math.log10(1 + most);
