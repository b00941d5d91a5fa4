/** How the last batch went. */
export type BatchExperience = { readonly kind: 'answered'; readonly tookMs: number } | { readonly kind: 'throttled-or-timed-out' };

const smallest = 5;
const largest = 100;
export const firstBatchSize = 20;
/** A batch that takes longer than this is not made bigger: the service allows 2 minutes for one. */
const quickMs = 5_000;
const slowMs = 30_000;

/** Rows in the next batch: grows while the service is quick, shrinks at once when it is not (PowerApps docs: send-parallel-requests, api-limits). */
export function nextBatchSize(size: number, experience: BatchExperience): number {
  if (experience.kind === 'throttled-or-timed-out' || experience.tookMs > slowMs) return Math.max(smallest, Math.floor(size / 2));
  return experience.tookMs <= quickMs ? Math.min(largest, size * 2) : size;
}
