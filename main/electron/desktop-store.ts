import Store from 'electron-store';
import { z } from 'zod';

/** What the desktop app remembers about itself. No setting: those are in `config.json`. */
const desktopMemory = z.object({
  sampleData: z.boolean().catch(false),
  window: z
    .object({
      bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) }),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
});
export type DesktopMemory = z.infer<typeof desktopMemory>;
export type WindowPlacement = NonNullable<DesktopMemory['window']>;

export interface DesktopStore {
  read(): DesktopMemory;
  write(change: Partial<DesktopMemory>): void;
}

/** `desktop.json` in `directory`. A file that cannot be read is begun anew: it holds nothing that a person has entered. */
export function openDesktopStore(directory: string): DesktopStore {
  const store = new Store<Record<string, unknown>>({ cwd: directory, name: 'desktop', clearInvalidConfig: true });
  return {
    read: () => desktopMemory.parse({ ...store.store }),
    write: (change) => store.set(change),
  };
}
