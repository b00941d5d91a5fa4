import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Dependencies point one way (docs/architecture.md). What only types need of a neighbour may cross where a rule says so. */

const root = join(import.meta.dirname, '../..');
const folders = ['main', 'preload', 'renderer', 'shared'];

interface Import {
  readonly file: string;
  /** A path of the project, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
}

const statement = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(statement)].flatMap(([, , type, fromStatement, fromCall]) => {
    const target = fromStatement ?? fromCall;
    if (target === undefined) return [];
    const resolved = target.startsWith('.') ? relative(root, join(root, dirname(file), target)).replaceAll('\\', '/') : target;
    return [{ file, target: resolved, typeOnly: type !== undefined }];
  });
}

const imports = sourceFiles().flatMap(importsOf);
const within = (path: string, ...places: string[]) => places.some((place) => path === place || path.startsWith(`${place}/`));
const describeImport = ({ file, target }: Import) => `${file} -> ${target}`;
const offenders = (isOffence: (one: Import) => boolean) => imports.filter(isOffence).map(describeImport);

test('the scan sees the imports of the program', () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(imports.map(describeImport)).toContain('main/sync/engine.ts -> main/sync/prepare.ts');
});

test('only main/electron, main/index.ts and preload import electron', () => {
  expect(offenders(({ file, target }) => target === 'electron' && !within(file, 'main/electron', 'main/index.ts', 'preload'))).toEqual([]);
});

test('shared imports nothing from the folders above it, and no runtime', () => {
  expect(
    offenders(
      ({ file, target }) => within(file, 'shared') && (within(target, 'main', 'preload', 'renderer') || target.startsWith('node:')),
    ),
  ).toEqual([]);
});

test('the renderer and the preload know nothing of the project but shared, and no Node', () => {
  expect(
    offenders(({ file, target }) => within(file, 'renderer', 'preload') && (within(target, 'main') || target.startsWith('node:'))),
  ).toEqual([]);
  expect(offenders(({ file, target }) => within(file, 'preload') && within(target, 'renderer'))).toEqual([]);
});

test('nothing in main knows the renderer or the preload, and nothing below main/electron knows it', () => {
  expect(offenders(({ file, target }) => within(file, 'main') && within(target, 'renderer', 'preload'))).toEqual([]);
  expect(
    offenders(
      ({ file, target }) => within(file, 'main') && !within(file, 'main/electron', 'main/index.ts') && within(target, 'main/electron'),
    ),
  ).toEqual([]);
});

const rules: readonly { readonly folder: string; readonly mayUse: readonly string[] }[] = [
  { folder: 'main/ports', mayUse: ['main/ports'] },
  { folder: 'main/log', mayUse: ['main/log', 'main/ports', 'main/store'] },
  { folder: 'main/store', mayUse: ['main/store', 'main/ports', 'main/log/log.ts', 'main/connections'] },
  { folder: 'main/settings', mayUse: ['main/settings', 'main/ports'] },
  { folder: 'main/scheduler', mayUse: ['main/scheduler', 'main/ports', 'main/store', 'main/log/log.ts'] },
  { folder: 'main/connections', mayUse: ['main/connections', 'main/ports', 'main/log/log.ts'] },
  { folder: 'main/sync', mayUse: ['main/sync', 'main/connections', 'main/store', 'main/ports', 'main/log/log.ts'] },
];

test.each(rules)('$folder uses only what lies below it', ({ folder, mayUse }) => {
  expect(offenders(({ file, target }) => within(file, folder) && within(target, 'main') && !within(target, ...mayUse))).toEqual([]);
});

test('the store knows the services only as types', () => {
  expect(offenders(({ file, target, typeOnly }) => within(file, 'main/store') && within(target, 'main/connections') && !typeOnly)).toEqual(
    [],
  );
});

test('the planner is pure: of store and connections it knows types only', () => {
  const effects = ['main/sync/plan/plan-run.ts', 'main/sync/plan/commit.ts'];
  expect(
    offenders(
      ({ file, target, typeOnly }) =>
        within(file, 'main/sync/plan', 'main/sync/mapping') &&
        !effects.includes(file) &&
        within(target, 'main/connections', 'main/store', 'main/log') &&
        !typeOnly,
    ),
  ).toEqual([]);
});

test('the sample services are reached through one door, which opens only for sample data', () => {
  expect(
    offenders(
      ({ file, target, typeOnly }) => within(file, 'main') && !within(file, 'main/demo') && within(target, 'main/demo') && !typeOnly,
    ),
  ).toEqual(['main/services/sample-data.ts -> main/demo/sample-services.ts']);
});
