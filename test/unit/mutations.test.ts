import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutations } from '../mutation/mutations.ts';
import { placeOf } from '../mutation/place.ts';

const root = join(import.meta.dirname, '../..');

it('every way to break the program still fits the code', () => {
  const misfits = mutations.map((mutation) => placeOf(root, mutation)).filter((place) => typeof place === 'string');
  expect(misfits).toEqual([]);
});
