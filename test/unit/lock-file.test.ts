import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const dependencies = z.record(z.string(), z.string()).optional();
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ link: z.boolean().optional(), resolved: z.string().optional(), optionalDependencies: dependencies }),
  ),
});

/** Where npm would put `name` for the package at `from`: beside it, or in a folder above. */
function isLocked(packages: ReadonlySet<string>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages.has(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true;
    if (folder === '') return false;
  }
}

test('every optional dependency of every locked package is locked, for the systems that this one is not', () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')));
  const paths = new Set(Object.keys(packages));
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(paths, path, name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file names no registry, so that everybody installs from their own', () => {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')));
  expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http') === true)).toEqual([]);
});
