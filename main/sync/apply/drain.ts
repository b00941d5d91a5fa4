import { transaction } from '../../store/transaction.ts';
import { priorities } from '../plan/operations.ts';
import { applyToActiveCampaign, beginOptOuts } from './apply-activecampaign.ts';
import { applyToDynamics } from './apply-dynamics.ts';
import { type ApplyContext, nextJobs } from './context.ts';
import { activateWhenDone } from './settle.ts';

const settledAtOnce = 500;

/**
 * Writes what the outbox holds: opt-outs first, then everything else, then what only needs memory. It can be broken off at any moment and
 * taken up again: each write is safe to repeat, and leaves the outbox when it is confirmed.
 * @throws ServiceError when a service as a whole fails; what is not written stays in the outbox.
 */
export async function drainOutbox(context: ApplyContext): Promise<void> {
  await applyToDynamics(context, priorities.optOut);
  const optOuts = await beginOptOuts(context);
  await applyToDynamics(context, priorities.write);
  await applyToActiveCampaign(context, priorities.write, optOuts);
  await settle(context);
}

async function settle(context: ApplyContext): Promise<void> {
  const { store } = context;
  for (let after = 0; ; ) {
    const jobs = nextJobs(context, ['settle'], priorities.settle, after, settledAtOnce);
    const last = jobs.at(-1);
    if (last === undefined) return;
    transaction(store.database, () => {
      for (const { entry, link, operation } of jobs) {
        store.links.settle(link.id, operation.settles);
        store.outbox.remove(entry.id);
        activateWhenDone(context, link, true);
      }
    });
    await context.breathe(jobs.length);
    after = last.entry.id;
  }
}
