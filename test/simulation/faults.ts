import { type Fault, htmlFault, statusFault, throttledFault } from '../sample-services/faults.ts';
import type { FaultName } from './scenario.ts';

/** Longer than either client waits for an answer. */
const tooLongMs = 130_000;

export const faults: Readonly<Record<FaultName, Fault>> = {
  throttled: throttledFault(7),
  serverError: statusFault(500),
  unavailable: statusFault(503, 'after'),
  lostBefore: { kind: 'lost', when: 'before' },
  lostAfter: { kind: 'lost', when: 'after' },
  cut: { kind: 'cut' },
  half: { kind: 'half' },
  timeoutBefore: { kind: 'slow', when: 'before', delayMs: tooLongMs },
  timeoutAfter: { kind: 'slow', when: 'after', delayMs: tooLongMs },
  loginPage: htmlFault(),
  forbidden: statusFault(403),
};
