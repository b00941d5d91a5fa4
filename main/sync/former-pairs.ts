import { z } from 'zod';
import { entities } from '../../shared/entity.ts';
import type { OptionCorrection } from '../../shared/option-pairs.ts';
import type { Settings } from '../../shared/settings.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { mappingKey } from './mapping/field-map.ts';

const pairedWithKey = 'pairedWith';
/** By entity and mapping, also of mappings that are gone: they may come back. */
const pairedWith = z.record(z.string(), z.string());

/**
 * Where options are paired otherwise than at the last plan, what both sides agreed on under the earlier pairs is forgotten: a value that
 * nobody touched would look edited under the new ones, and overwrite the other side. Such a field is merged as at the first contact.
 */
export function forgetFormerPairs({ database, links }: SyncStore, dataConfiguration: Settings['dataConfiguration']): void {
  const before = readMeta(database, pairedWithKey, pairedWith) ?? {};
  const after = { ...before };
  for (const entity of entities) {
    for (const mapping of dataConfiguration[entity].mappings) {
      const key = mappingKey(mapping);
      const name = `${entity} ${key}`;
      after[name] = inOneOrder(mapping.options ?? []);
      if (before[name] !== undefined && before[name] !== after[name]) links.forget(entity, key);
    }
  }
  writeMeta(database, pairedWithKey, after);
}

const inOneOrder = (pairs: readonly OptionCorrection[]): string =>
  JSON.stringify(pairs.map(({ dynamics, activeCampaign }) => `${dynamics}=${activeCampaign}`).toSorted());
