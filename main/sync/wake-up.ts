import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Settings } from '../../shared/settings.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { planState } from '../store/plan-state.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { transaction } from '../store/transaction.ts';
import { followPairs } from './former-pairs.ts';
import type { Prepared } from './prepare.ts';

const plannedWithKey = 'plannedWith';

/**
 * Who waited for this run, or for Global Sync, is planned with the others. Where the settings say something else than at the last plan,
 * everybody is: what was held, left alone or written under other rules may ask for something now, though nobody touched it.
 * An option that is new (`mapped`) may be the one that a value was held for.
 */
export function wakeUp(
  store: SyncStore,
  { dataConfiguration, consent, syncSettings }: Settings,
  { mapped, maps }: Pick<Prepared, 'mapped' | 'maps'>,
): void {
  const { database } = store;
  const settings = createHash('sha256').update(JSON.stringify({ dataConfiguration, consent, mapped })).digest('hex');
  const plannedWith = readMeta(database, plannedWithKey, z.string());
  const areOthers = plannedWith !== undefined && plannedWith !== settings;
  transaction(database, () => {
    for (const side of [store.people, store.records]) {
      side.moveState(planState.nextRun, planState.changed);
      if (syncSettings.globalSync || areOthers) side.moveState(planState.waitsForGlobalSync, planState.changed);
      if (!areOthers) continue;
      side.moveState(planState.refused, planState.changed);
      side.replanSettled();
    }
    followPairs(store, maps);
    if (plannedWith !== settings) writeMeta(database, plannedWithKey, settings);
  });
}
