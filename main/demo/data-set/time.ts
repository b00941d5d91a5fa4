import type { Random } from '../../ports/random.ts';

/** Everything in the data set happened before this moment, so that it is the past for every clock that is later. */
export const dataSetMadeAt = Date.UTC(2026, 5, 1);

const dayMs = 86_400_000;

/** Two moments of the three years before `dataSetMadeAt`, the second not before the first; ISO 8601, UTC, whole seconds. */
export function pastMoments(random: Random): { first: string; second: string } {
  const first = dataSetMadeAt - random.fraction() * 3 * 365 * dayMs;
  const second = first + random.fraction() * (dataSetMadeAt - first);
  return { first: wholeSeconds(first), second: wholeSeconds(second) };
}

export function createdAndModified(random: Random): { createdon: string; modifiedon: string } {
  const { first, second } = pastMoments(random);
  return { createdon: first, modifiedon: second };
}

function wholeSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
