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

const describePlannedWith = ({ dataConfiguration, consent }: Settings, { mapped }: Pick<Prepared, 'mapped'>): string =>
  createHash('sha256').update(JSON.stringify({ dataConfiguration, consent, mapped })).digest('hex');

/** Whether the settings say something else than at the last plan: what is left of that plan in the outbox no longer follows from them. */
export function areSettingsOthers({ database }: SyncStore, settings: Settings, prepared: Pick<Prepared, 'mapped'>): boolean {
  const plannedWith = readMeta(database, plannedWithKey, z.string());
  return plannedWith !== undefined && plannedWith !== describePlannedWith(settings, prepared);
}

/**
 * Who waited for this run, or for Global Sync, is planned with the others. Where the settings say something else than at the last plan,
 * everybody is: what was held, left alone or written under other rules may ask for something now, though nobody touched it.
 * An option that is new (`mapped`) may be the one that a value was held for.
 */
export function wakeUp(store: SyncStore, settings: Settings, prepared: Pick<Prepared, 'mapped' | 'maps'>): void {
  const { database } = store;
  const areOthers = areSettingsOthers(store, settings, prepared);
  transaction(database, () => {
    for (const side of [store.people, store.records]) {
      side.moveState(planState.nextRun, planState.changed);
      if (settings.syncSettings.globalSync || areOthers) side.moveState(planState.waitsForGlobalSync, planState.changed);
      if (!areOthers) continue;
      side.moveState(planState.refused, planState.changed);
      side.replanSettled();
    }
    followPairs(store, prepared.maps);
    writeMeta(database, plannedWithKey, describePlannedWith(settings, prepared));
  });
}
