import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../app.ts';

/** electron-builder brings both; it exports neither. */
const builder: (id: string) => unknown = createRequire(createRequire(import.meta.url).resolve('app-builder-lib'));

interface Asar {
  readonly listPackage: (archive: string, options: { readonly isPack: boolean }) => string[];
  readonly extractAll: (archive: string, folder: string) => void;
  readonly createPackageWithOptions: (folder: string, archive: string, options: { readonly unpack: string }) => Promise<void>;
}
interface Fuses {
  readonly getCurrentFuseWire: (executable: string) => Promise<Readonly<Record<string, number | string>>>;
  readonly flipFuses: (executable: string, config: Readonly<Record<string, unknown>>) => Promise<unknown>;
  readonly FuseV1Options: Readonly<Record<string, number | string>>;
  readonly FuseVersion: { readonly V1: string };
}
const asar = builder('@electron/asar') as Asar;
const fuses = builder('@electron/fuses') as Fuses;

/** A packed app: what `electron-builder --linux dir` makes. */
export interface PackedApp {
  readonly folder: string;
  readonly executable: string;
  readonly archive: string;
}

const packedIn = (folder: string): PackedApp => ({
  folder,
  executable: join(folder, 'leadferry'),
  archive: join(folder, 'resources/app.asar'),
});

/** Packs what the build wrote, with the Electron that is there instead of a download. */
export async function pack(electronDist: string, output: string): Promise<PackedApp> {
  const command = join(projectRoot, 'node_modules/electron-builder/cli.js');
  const options = ['--linux', 'dir', '--x64', '--publish', 'never', `-c.electronDist=${electronDist}`, `-c.directories.output=${output}`];
  const child = spawn(process.execPath, [command, ...options], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`electron-builder ended with ${status}\n${said}`);
  return packedIn(join(output, 'linux-unpacked'));
}

/** Every file of the archive, as a path from its root. */
export function filesOf({ archive }: PackedApp): string[] {
  const listed = asar.listPackage(archive, { isPack: false });
  return listed.filter((path) => !listed.some((other) => other.startsWith(`${path}/`))).map((path) => path.slice(1));
}

/** Each fuse that this Electron has, by its name: whether it is on. */
export async function fusesOf({ executable }: PackedApp): Promise<Record<string, boolean>> {
  const wire = await fuses.getCurrentFuseWire(executable);
  const names = Object.entries(fuses.FuseV1Options).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  // 48 and 49 are the signs "0" and "1"; what this Electron does not have is not in its wire.
  return Object.fromEntries(
    names.flatMap(([name, index]) => (wire[index] === 48 || wire[index] === 49 ? [[name, wire[index] === 49] as const] : [])),
  );
}

/**
 * A copy that can be driven from outside, which what ships cannot. An Electron that is older than the app is lent what it lacks
 * (`REAL_ELECTRON_HOME`: language built-ins, and `node:sqlite`, which is put in by name: hooks of the module loader do not work in an archive).
 */
export async function drivableCopy(packed: PackedApp, folder: string, lent: string | undefined): Promise<PackedApp> {
  const copy = packedIn(join(folder, 'app'));
  await cp(packed.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
  await fuses.flipFuses(copy.executable, {
    version: fuses.FuseVersion.V1,
    [fuses.FuseV1Options.EnableNodeCliInspectArguments ?? '']: true,
  });
  if (lent === undefined) return copy;

  const contents = join(folder, 'contents');
  asar.extractAll(copy.archive, contents);
  const manifestFile = join(contents, 'package.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { main: string };
  const starter = 'lent.mjs';
  await writeFile(join(contents, starter), lending(lent, manifest.main));
  await writeFile(manifestFile, JSON.stringify({ ...manifest, main: starter }));
  const built = join(contents, 'out/main');
  for (const name of await readdir(built, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(built, name), 'utf8');
    await writeFile(join(built, name), text.replaceAll('"node:sqlite"', JSON.stringify(pathToFileURL(join(lent, 'sqlite.mjs')).href)));
  }
  await rm(copy.archive);
  await asar.createPackageWithOptions(contents, copy.archive, { unpack: '**/*.node' });
  return copy;
}

const lending = (lent: string, main: string): string => `
import { createRequire } from 'node:module';
createRequire(${JSON.stringify(join(lent, 'package.json'))})('core-js/actual');
await import(${JSON.stringify(`./${main}`)});
`;
