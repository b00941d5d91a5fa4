import { transaction } from '../../store/transaction.ts';
import { priorities } from '../plan/operations.ts';
import { answerNeverCame } from './answers.ts';
import type { PersonJob } from './apply-activecampaign.ts';
import { type ApplyContext, nextJobs } from './context.ts';
import { keepDone, readBackById } from './read-back.ts';
import { dropRest, planAgain } from './settle.ts';

const takenBackAtOnce = 100;

/**
 * Global Sync was switched off after this was committed: nothing goes to ActiveCampaign any more, and who was to be written is planned anew, to
 * wait. Only what an import carries already is followed to its end.
 */
export async function takeBackForGlobalSync(context: ApplyContext): Promise<void> {
  for (const priority of [priorities.optOut, priorities.invite, priorities.write]) {
    for (let after = 0; ; ) {
      const jobs = nextJobs(context, ['writePerson', 'optOutPerson'], priority, after, takenBackAtOnce);
      const last = jobs.at(-1);
      if (last === undefined) break;
      await takeBack(
        context,
        jobs.filter(({ link }) => context.store.outbox.ofLink(link.id).every(({ batch }) => batch === null)),
      );
      after = last.entry.id;
    }
  }
}

async function takeBack(context: ApplyContext, jobs: readonly PersonJob[]): Promise<void> {
  const { store } = context;
  // An earlier try may have written some of it, of which the answer never came.
  const people = await readBackById(
    context,
    jobs.flatMap(({ link }) => link.personId ?? []),
  );
  transaction(store.database, () => {
    for (const job of jobs) {
      const now = job.link.personId === null ? undefined : people.get(job.link.personId);
      if (now !== undefined) keepDone(context, job, now, answerNeverCame);
      dropRest(context, job.link);
      planAgain(context, job.link);
    }
  });
}
