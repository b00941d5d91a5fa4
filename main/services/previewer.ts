import { join } from 'node:path';
import type { Settings } from '../../shared/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import { copyDatabase, removeDatabase } from '../store/copy-database.ts';
import { openSyncStore, type SyncStore } from '../store/sync-store.ts';
import { type PlannedRun, type PreviewOptions, previewRun } from '../sync/preview.ts';
import type { Connector } from './connector.ts';

export interface Previewer {
  /**
   * Plans the next run on a copy of the database and hands the copy to `look`; afterwards it is gone. One that is under way is ended first.
   * @throws what `previewRun` and `look` throw; `PreviewEnded` where it was ended.
   */
  preview<Seen>(look: (store: SyncStore, planned: PlannedRun) => Promise<Seen>, onProgress: PreviewOptions['onProgress']): Promise<Seen>;
  /** Ends a preview that is under way, and waits for its end. */
  end(): Promise<void>;
}

/** The preview was ended before it was there: by a person, or because a run began. */
export class PreviewEnded extends Error {}

export interface PreviewerOptions {
  readonly dataDirectory: string;
  /** Path of the database that is copied. */
  readonly database: string;
  readonly settings: () => Settings;
  readonly connector: Connector;
  readonly clock: Clock;
  readonly random: Random;
  readonly timeZone: () => string;
  readonly asksAboutNewcomers: boolean;
}

/** A preview leaves no trace: the copy of the database that it works on is removed, at the latest by the next start. */
export function createPreviewer(options: PreviewerOptions): Previewer {
  const { dataDirectory, database, settings, connector, clock, random, timeZone, asksAboutNewcomers } = options;
  const path = join(dataDirectory, 'preview.sqlite');
  removeDatabase(path);
  let underWay: { readonly ending: AbortController; readonly ended: Promise<unknown> } | null = null;

  const make = async <Seen>(
    look: (store: SyncStore, planned: PlannedRun) => Promise<Seen>,
    onProgress: PreviewOptions['onProgress'],
    signal: AbortSignal,
  ): Promise<Seen> => {
    const copy = await copyDatabase(database, path);
    try {
      const store = openSyncStore(copy);
      const planned = await previewRun({
        store,
        settings: settings(),
        clock,
        random,
        timeZone: timeZone(),
        asksAboutNewcomers,
        connect: connector.connect,
        onProgress,
        yieldToOthers: () => new Promise((resolve) => setImmediate(resolve)),
        signal,
      });
      return await look(store, planned);
    } finally {
      copy.close();
      removeDatabase(path);
    }
  };

  const end = async () => {
    while (underWay !== null) {
      const { ending, ended } = underWay;
      ending.abort(new PreviewEnded('The preview was ended'));
      await ended;
    }
  };

  return {
    preview: async (look, onProgress) => {
      if (underWay !== null) await end();
      const ending = new AbortController();
      const made = make(look, onProgress, ending.signal);
      const ended = made.catch(() => undefined).then(() => (underWay = null));
      underWay = { ending, ended };
      try {
        return await made;
      } finally {
        await ended;
      }
    },
    end,
  };
}
