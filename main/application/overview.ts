import type { FinishedRun, Overview } from '../../shared/overview.ts';
import type { Run } from '../store/runs.ts';
import type { SyncStore } from '../store/sync-store.ts';

const runsShown = 14;

/** What the start screen tells beside the state. */
export function readOverview({ links, runs }: SyncStore): Overview {
  const latest = runs.latest(runsShown + 1).flatMap((run) => finishedRun(run) ?? []);
  return { linked: links.countActive(), runs: latest.slice(0, runsShown).reverse() };
}

function finishedRun({ number, kind, outcome, startedAt, finishedAt, counts }: Run): FinishedRun | null {
  if (outcome === null || finishedAt === null) return null;
  const { toActiveCampaign, toDynamics, held, failed } = counts;
  return {
    number,
    kind,
    outcome,
    startedAt,
    finishedAt,
    created: toActiveCampaign.created + toDynamics.created,
    updated: toActiveCampaign.updated + toDynamics.updated,
    held: held + failed,
  };
}
