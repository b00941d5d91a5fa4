import type { Service } from '../connections/errors.ts';
import { noCounts, type RunCounts } from '../store/runs.ts';

/** The counts of the run that is under way. */
export interface RunTally {
  created(service: Service): void;
  updated(service: Service): void;
  linked(service: Service): void;
  optedOut(): void;
  request(service: Service): void;
  counts(): RunCounts;
}

/** @param from the counts of a run that is taken up again. */
export function createTally(from: RunCounts = noCounts): RunTally {
  const counts = structuredClone(from);
  const side = (service: Service) => (service === 'dynamics' ? counts.toDynamics : counts.toActiveCampaign);
  return {
    created: (service) => {
      side(service).created += 1;
    },
    updated: (service) => {
      side(service).updated += 1;
    },
    linked: (service) => {
      side(service).linked += 1;
    },
    optedOut: () => {
      counts.optOuts += 1;
    },
    request: (service) => {
      counts.requests[service] += 1;
    },
    counts: () => structuredClone(counts),
  };
}
