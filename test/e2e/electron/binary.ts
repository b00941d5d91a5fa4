import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../app.ts';

/** Where Electron's own installer puts the binary, by platform. */
const names: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The Electron binary that is there, or why none can be used. */
export function findElectron(): { readonly path: string } | { readonly missing: string } {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(projectRoot, 'node_modules/electron/dist');
  const path = join(folder, names[process.platform] ?? 'electron');
  if (!existsSync(path)) return { missing: `no Electron binary at ${path} (npx install-electron, or ELECTRON_OVERRIDE_DIST_PATH)` };
  if (process.platform === 'linux' && process.env.DISPLAY === undefined) return { missing: 'no display (run under xvfb-run)' };
  return { path };
}
