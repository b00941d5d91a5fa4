import type { FinishedRun } from '../../../shared/overview.ts';

export const outcomeNames = {
  ok: 'Finished',
  attention: 'Finished; some need attention',
  held: 'Held by a limit',
  failed: 'Failed',
  stopped: 'Stopped',
} as const satisfies Record<FinishedRun['outcome'], string>;
