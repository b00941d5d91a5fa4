import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from './app.ts';

const out = join(projectRoot, 'out');
const read = (path: string) => readFile(join(out, path), 'utf8');

/** Scripts and styles that are loaded with a script: it names them in `import` statements; those of `import()` come later. */
async function withImports(path: string, known: Set<string>): Promise<void> {
  if (known.has(path)) return;
  known.add(path);
  const text = await read(path);
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w.-]+\.js)"/g)) await withImports(`renderer/assets/${name}`, known);
}

/** What the built window needs to paint that screen first: how many files, and their bytes, each gzipped. */
export async function firstPaint(screen: 'Overview' | 'Connection'): Promise<{ readonly files: number; readonly gzipped: number }> {
  const html = await read('renderer/index.html');
  const named = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map(([, path]) => `renderer/${path}`);
  const screens = (await readdir(join(out, 'renderer/assets'))).filter(
    (name) => name.startsWith(`${screen}Screen-`) && name.endsWith('.js'),
  );
  const files = new Set<string>(['renderer/index.html', ...named.filter((path) => path.endsWith('.css'))]);
  for (const path of [...named.filter((path) => path.endsWith('.js')), ...screens.map((name) => `renderer/assets/${name}`)]) {
    await withImports(path, files);
  }
  let gzipped = 0;
  for (const path of files) gzipped += gzipSync(await read(path)).length;
  return { files: files.size, gzipped };
}
