import { z } from 'zod';
import { entities } from '../../shared/entity.ts';
import type { Settings } from '../../shared/settings.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { mappingKey } from './mapping/field-map.ts';

const metaKey = 'leftOut';
const leftOutSchema = z.object({
  entity: z.enum(entities),
  /** The mapping, as in `MappedField`, or `listKey`. */
  key: z.string(),
  message: z.string(),
});

/** A part of the Data Configuration that the accounts do not have (any more). The rest goes on without it. */
export type LeftOut = z.infer<typeof leftOutSchema>;

export const listKey = (listId: string): string => `list ${listId}`;

/** Remembers what a run has to do without. */
export function keepLeftOut({ database }: SyncStore, leftOut: readonly LeftOut[]): void {
  writeMeta(database, metaKey, leftOut);
}

/** What the last run did without, as far as the settings still ask for it. */
export function stillLeftOut({ database }: SyncStore, { dataConfiguration }: Settings): readonly LeftOut[] {
  return (readMeta(database, metaKey, z.array(leftOutSchema)) ?? []).filter(({ entity, key }) => {
    const { enabled, listId, mappings } = dataConfiguration[entity];
    const asked = [...mappings.map(mappingKey), ...(listId === null ? [] : [listKey(listId)])];
    return enabled && asked.includes(key);
  });
}
