import type { Requests } from './request-counter.ts';

/** https://developers.activecampaign.com/reference/rate-limits */
const activeCampaignPerSecond = 5;
/** https://developers.activecampaign.com/reference/bulk-import-contacts: requests with more than one contact. */
const importsPerMinute = 100;
/** 6,000 requests in a window of five minutes (PowerApps docs: api-limits). */
const dynamicsPerWindow = 6_000;
const windowSeconds = 300;

/**
 * The least time in which a program that has both accounts to itself can make these requests, were each answered at once. The two services
 * are independent of each other; the slower one counts.
 */
export function secondsThatTheLimitsTake({ activeCampaign, dynamics }: Requests): number {
  const all = activeCampaign.imports + activeCampaign.others;
  return Math.max(
    all / activeCampaignPerSecond,
    fullWindowsBefore(activeCampaign.imports, importsPerMinute) * 60,
    fullWindowsBefore(dynamics.reads + dynamics.batches, dynamicsPerWindow) * windowSeconds,
  );
}

const fullWindowsBefore = (requests: number, perWindow: number): number => Math.floor(Math.max(0, requests - 1) / perWindow);
