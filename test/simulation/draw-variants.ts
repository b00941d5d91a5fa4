import type { ActiveCampaignVariant } from '../../main/demo/activecampaign/variant.ts';
import { between, pick } from '../../main/demo/data-set/pick.ts';
import type { DynamicsVariant } from '../../main/demo/dynamics/variant.ts';
import type { Random } from '../../main/ports/random.ts';

/** How this account behaves where nobody knows how accounts behave. */
export function drawActiveCampaign(random: Random): Partial<ActiveCampaignVariant> {
  return {
    filterGranularity: pick(random, ['second', 'day'] as const),
    filterZone: pick(random, ['utc', 'account'] as const),
    filterBound: pick(random, ['inclusive', 'exclusive'] as const),
    include: pick(random, ['supported', 'supported', 'supported', 'ignored'] as const),
    existingTag: pick(random, ['answered', 'refused'] as const),
    importMovesUdate: pick(random, ['everything', 'all-but-tags', 'nothing'] as const),
    automationTagsMoveUdate: random.fraction() < 0.5,
    tagRemovalMovesUdate: random.fraction() < 0.5,
    importEmptyValue: pick(random, ['clears', 'ignored'] as const),
    importSuccessIds: pick(random, ['created', 'created-and-updated'] as const),
    importSuccessKey: pick(random, ['success', 'Success'] as const),
    excludeAutomations: pick(random, ['top-level', 'per-contact'] as const),
    dateZone: pick(random, ['America/Chicago', 'Europe/Oslo']),
    storedEmail: pick(random, ['as-sent', 'lower-case'] as const),
    rateLimitHeaders: random.fraction() < 0.5,
  };
}

/** How this environment is set up. */
export function drawDynamics(random: Random): Partial<DynamicsVariant> {
  const protection = { requests: between(random, 20, 60), executionMs: 1_200_000, concurrentRequests: 52, windowMs: 20_000 };
  return {
    contactChangeTracking: random.fraction() < 0.8,
    optimisticConcurrency: random.fraction() < 0.85,
    organizationLevelRead: random.fraction() < 0.9,
    leadTable: random.fraction() < 0.96,
    expiredTokenStatus: pick(random, [400, 410] as const),
    firstLoadMissesEdits: random.fraction() < 0.7,
    throttlesInsideBatch: random.fraction() < 0.5,
    pageSize: pick(random, [3, 7, 5_000]),
    enforcesBusinessRequired: random.fraction() < 0.2,
    stateOnCreate: random.fraction() < 0.8,
    qualifiedLeadsReadOnly: random.fraction() < 0.3,
    serviceProtection: random.fraction() < 0.3 ? protection : null,
  };
}
