import type { Random } from '../../ports/random.ts';

/** A whole number from `lowest` to `highest`, both included. */
export function between(random: Random, lowest: number, highest: number): number {
  return lowest + Math.floor(random.fraction() * (highest - lowest + 1));
}

/** @throws RangeError when there is nothing to choose from. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.fraction() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from');
  return item;
}

/** A value in `share` (0 to 1) of all cases, null in the others. */
export function sometimes<Value>(random: Random, share: number, value: () => Value): Value | null {
  return random.fraction() < share ? value() : null;
}

/** `pattern` with a digit in place of each `#`; the first one is never 0. */
export function digits(random: Random, pattern: string): string {
  let first = true;
  return pattern.replace(/#/g, () => {
    const digit = between(random, first ? 1 : 0, 9);
    first = false;
    return String(digit);
  });
}
