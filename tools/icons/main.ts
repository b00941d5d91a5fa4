import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appIcon, templateIcon, trayIcon } from './drawings.ts';
import { icns, ico, png } from './files.ts';
import { type Layer, paint } from './paint.ts';

/** Draws every icon of the app into `resources/`. Run after a change of the drawings: `npx node tools/icons/main.ts`. */
const resources = join(import.meta.dirname, '../../resources');
const tray = join(resources, 'tray');
mkdirSync(tray, { recursive: true });

const pngs = (file: string, layers: readonly Layer[], size: number): void => {
  writeFileSync(`${file}.png`, png(paint(size, layers)));
  writeFileSync(`${file}@2x.png`, png(paint(size * 2, layers)));
};
const allSizes = (layers: readonly Layer[], sizes: readonly number[]) => ico(sizes.map((size) => paint(size, layers)));

writeFileSync(join(resources, 'icon.png'), png(paint(1024, appIcon)));
writeFileSync(join(resources, 'icon.ico'), allSizes(appIcon, [16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  join(resources, 'icon.icns'),
  icns((size) => paint(size, appIcon)),
);

for (const indicator of ['idle', 'syncing', 'paused', 'attention', 'offline'] as const) {
  pngs(join(tray, `${indicator}Template`), templateIcon(indicator), 18);
  for (const ink of ['light', 'dark'] as const) {
    pngs(join(tray, `${indicator}-${ink}`), trayIcon(indicator, ink), 22);
    writeFileSync(join(tray, `${indicator}-${ink}.ico`), allSizes(trayIcon(indicator, ink), [16, 20, 24, 32, 48]));
  }
}
