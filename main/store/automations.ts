import { z } from 'zod';
import type { Database } from './database.ts';

/** How far the entries of one automation were read. */
export interface AutomationWatch {
  readonly automation: string;
  /** When it was chosen, in ms by the clock of this machine. */
  readonly pickedAt: number;
  /** Entries count from then on, in ms by the clock of the service; null until it was first read. */
  readonly since: number | null;
  /** The date of the newest entry that was met, as the service writes it. */
  readonly stamp: string | null;
}

export interface AutomationProgress {
  readonly since: number;
  readonly stamp: string | null;
  /** Those that were met, by id with their time. */
  readonly entries: readonly { readonly id: string; readonly enteredAt: number }[];
  /** Earlier ones are not met again. */
  readonly forgetBefore: number;
}

/** The automations of ActiveCampaign whose entries are followed. */
export interface Automations {
  /** Follows these and no others; one that was not followed yet counts from now on. */
  followOnly(ids: readonly string[], now: number): void;
  watch(automation: string): AutomationWatch | null;
  isKnown(automation: string, entry: string): boolean;
  /** Where the automation was chosen anew meanwhile, nothing is kept. */
  advance(watch: AutomationWatch, progress: AutomationProgress): void;
  setMissing(automation: string, missing: boolean): void;
  /** Followed ones that ActiveCampaign no longer has, or does not show. */
  missing(): readonly string[];
}

const row = z.object({ automation: z.string(), picked_at: z.number(), since: z.number().nullable(), stamp: z.string().nullable() });
const named = z.object({ automation: z.string() });

export function openAutomations(db: Database): Automations {
  const others = 'automation NOT IN (SELECT value FROM json_each(?))';
  const deleteOthers = db.prepare(`DELETE FROM automation_watch WHERE ${others}`);
  const deleteEntriesOfOthers = db.prepare(`DELETE FROM automation_entry WHERE ${others}`);
  const insert = db.prepare('INSERT INTO automation_watch (automation, picked_at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const select = db.prepare('SELECT automation, picked_at, since, stamp FROM automation_watch WHERE automation = ?');
  const update = db.prepare('UPDATE automation_watch SET since = ?, stamp = ? WHERE automation = ? AND picked_at = ?');
  const selectEntry = db.prepare('SELECT 1 FROM automation_entry WHERE automation = ? AND entry = ?');
  const insertEntry = db.prepare('INSERT INTO automation_entry (automation, entry, entered_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const deleteEntries = db.prepare('DELETE FROM automation_entry WHERE automation = ? AND entered_at < ?');
  const updateMissing = db.prepare('UPDATE automation_watch SET missing = ? WHERE automation = ?');
  const selectMissing = db.prepare('SELECT automation FROM automation_watch WHERE missing = 1 ORDER BY automation');

  return {
    followOnly: (ids, now) => {
      const kept = JSON.stringify(ids);
      deleteOthers.run(kept);
      deleteEntriesOfOthers.run(kept);
      for (const id of ids) insert.run(id, now);
    },
    watch: (automation) => {
      const found = select.get(automation);
      if (found === undefined) return null;
      const { picked_at: pickedAt, since, stamp } = row.parse(found);
      return { automation, pickedAt, since, stamp };
    },
    isKnown: (automation, entry) => selectEntry.get(automation, entry) !== undefined,
    advance: ({ automation, pickedAt }, { since, stamp, entries, forgetBefore }) => {
      if (update.run(since, stamp, automation, pickedAt).changes === 0) return;
      for (const { id, enteredAt } of entries) insertEntry.run(automation, id, enteredAt);
      deleteEntries.run(automation, forgetBefore);
    },
    setMissing: (automation, missing) => void updateMissing.run(missing ? 1 : 0, automation),
    missing: () => selectMissing.all().map((found) => named.parse(found).automation),
  };
}
