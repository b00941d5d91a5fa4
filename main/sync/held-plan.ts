import { z } from 'zod';
import { deleteMeta, readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { dropPlan } from './plan/commit.ts';
import { cursorsSchema } from './read/cursors.ts';

/** A plan that a guard holds lies uncommitted in the outbox; this is what is remembered about it. */

const heldKey = 'held';
const heldSchema = z.object({
  run: z.number(),
  guard: z.enum(['updates', 'blanked', 'optOuts', 'vanished']),
  message: z.string(),
  heldAt: z.number(),
  released: z.boolean(),
  cursors: cursorsSchema,
});
export type HeldPlan = z.infer<typeof heldSchema>;

/** The plan that a guard holds. */
export const heldPlan = (store: SyncStore): HeldPlan | null => readMeta(store.database, heldKey, heldSchema) ?? null;

/** Lets the held plan go: the next run carries it out, or makes it anew where the settings were changed. @returns false where nothing is held. */
export function releaseHeldPlan(store: SyncStore): boolean {
  const held = heldPlan(store);
  if (held === null) return false;
  writeMeta(store.database, heldKey, { ...held, released: true });
  return true;
}

/** Forgets the held plan: the next run reads and plans anew. @returns false where nothing is held. */
export function dropHeldPlan(store: SyncStore): boolean {
  if (heldPlan(store) === null) return false;
  dropPlan(store);
  deleteMeta(store.database, heldKey);
  return true;
}

/** Keeps the plan that lies in the outbox from being carried out. */
export const holdPlan = (store: SyncStore, held: Omit<HeldPlan, 'released'>): void =>
  writeMeta(store.database, heldKey, { ...held, released: false });

/** The held plan is committed: nothing is held any more. */
export const endHold = (store: SyncStore): void => deleteMeta(store.database, heldKey);
