import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutation, mutations } from './mutations.ts';
import { type Place, placeOf } from './place.ts';

/**
 * `npm run mutate [-- NAME…]`: breaks a copy of the program in each named way and shows that the suite notices. Ends with
 * `N noticed, N overlooked`, and with status 1 where one was overlooked or no longer fits the code.
 */
const root = join(import.meta.dirname, '../..');
/** Fast and precise ones first: the first stage that fails decides. */
const stages = [
  ['test/unit/sync', 'test/unit/store'],
  ['main-job', 'taken-up', 'taken-back', 'held-plan', 'bad-input', 'connections-dynamics'].map((name) => `test/integration/${name}`),
  ['test/simulation'],
];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? mutations : mutations.filter(({ name }) => wanted.some((part) => name.includes(part)));
const found = chosen.map((mutation) => ({ mutation, place: placeOf(root, mutation) }));
const misfits = found.flatMap(({ place }) => (typeof place === 'string' ? [place] : []));
if (misfits.length > 0) throw new Error(misfits.join('\n'));
const copy = mkdtempSync(join(tmpdir(), 'leadferry-mutate-'));
let overlooked = 0;
try {
  for (const folder of ['main', 'shared', 'test', 'tools']) cpSync(join(root, folder), join(copy, folder), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts']) cpSync(join(root, file), join(copy, file));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // The simulation has its own seeds to say so, and takes too long to be played once more here.
  if (!passes(stages.slice(0, 2).flat())) throw new Error('The suite fails without a mutation: mend that first');
  for (const { mutation, place } of found) {
    const noticed = typeof place === 'string' ? null : tryOut(mutation, place);
    if (noticed === null) overlooked += 1;
    process.stdout.write(
      `${noticed === null ? 'OVERLOOKED' : 'noticed   '}  ${mutation.name}${noticed === null ? '' : `  (${noticed})`}\n`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(`\n${chosen.length - overlooked} noticed, ${overlooked} overlooked\n`);
process.exitCode = overlooked === 0 ? 0 : 1;

/** @returns the stage that notices; null where none does. */
function tryOut({ replace, noticedBy }: Mutation, { file, start, end }: Place): string | null {
  const path = join(copy, file);
  const source = readFileSync(path, 'utf8');
  writeFileSync(path, source.slice(0, start) + replace + source.slice(end));
  try {
    const tries = noticedBy === undefined ? stages : [[noticedBy], ...stages];
    return tries.find((files) => !passes(files))?.join(', ') ?? null;
  } finally {
    writeFileSync(path, source);
  }
}

function passes(files: readonly string[]): boolean {
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--bail=1', ...files], { cwd: copy, stdio: 'ignore' });
  return status === 0;
}
