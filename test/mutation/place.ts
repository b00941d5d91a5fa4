import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutation } from './mutations.ts';

/** Where a mutation changes the program. */
export interface Place {
  /** From the root of the project. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** Finds a mutation in the code, also where what it changes has moved to another file of `main`; the words where it fits no longer. */
export function placeOf(root: string, { name, file, find }: Mutation): Place | string {
  const wanted = new RegExp(find.trim().split(/\s+/).map(RegExp.escape).join('\\s+'), 'g');
  const places = (path: string): Place[] =>
    [...readFileSync(join(root, path), 'utf8').matchAll(wanted)].map(({ index, 0: found }) => ({
      file: path,
      start: index,
      end: index + found.length,
    }));
  const all = globSync('main/**/*.ts', { cwd: root }).flatMap(places);
  const usual = all.filter((place) => place.file === file);
  const [place, ...others] = usual.length > 0 ? usual : all;
  if (place !== undefined && others.length === 0) return place;
  return `"${name}" no longer fits the code: what it looks for stands ${usual.length} times in ${file}, and ${all.length} times in all`;
}
