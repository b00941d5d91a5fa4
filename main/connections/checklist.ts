import type { ConnectionCheck } from '../../shared/connection.ts';
import { ServiceError } from './errors.ts';

/** What came of one proof. */
export interface Proof {
  /** `warning`: the sync works without it, with less. `notTried`: it cannot be asked without writing, or may not be asked. */
  readonly outcome: 'passed' | 'warning' | 'failed' | 'notTried';
  /** What was found. */
  readonly message: string;
  /** What to do about a warning or a failure. */
  readonly advice?: string;
  readonly serviceMessage?: string;
}

/** One thing that a connection test proves. */
export interface Check {
  /** Stable name: `dynamics.lead.read`. */
  readonly id: string;
  /** What is proved, in a few words. */
  readonly label: string;
  /** Ids of earlier checks without which this one cannot be asked. */
  readonly needs: readonly string[];
  /** A ServiceError means that it failed. */
  readonly prove: () => Promise<Proof>;
}

export const passed = (message: string): Proof => ({ outcome: 'passed', message });
export const unproved = (message: string): Proof => ({ outcome: 'notTried', message });
export const warning = (message: string, advice: string): Proof => ({ outcome: 'warning', message, advice });
export const failed = (message: string, advice: string): Proof => ({ outcome: 'failed', message, advice });

/** The proof that an error means. Anything else than a ServiceError is a mistake of this program and goes on. */
export function notPassed(error: unknown, outcome: 'warning' | 'failed' = 'failed'): Proof {
  if (!(error instanceof ServiceError)) throw error;
  const { advice, serviceMessage } = error.details;
  return { outcome, message: error.message, advice, ...(serviceMessage !== undefined && { serviceMessage }) };
}

/** True where the service itself answered, so that it is the sign-in or a right that fails, not the way there. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof ServiceError && error.code !== 'service-down' && error.code !== 'not-the-service';
}

/**
 * Proves one check after the other. What is built on a check that failed is not tried.
 * @param onProgress Told of the whole list before and after each proof.
 */
export async function runChecklist(
  checks: readonly Check[],
  onProgress: (lines: readonly ConnectionCheck[]) => void,
): Promise<readonly ConnectionCheck[]> {
  const lines = checks.map(({ id, label }): ConnectionCheck => ({ id, label, outcome: 'waiting', message: '', advice: '' }));
  const fallen = new Set<string>();
  for (const [index, { id, label, needs, prove }] of checks.entries()) {
    const put = (line: Omit<ConnectionCheck, 'id' | 'label'>) => {
      lines[index] = { id, label, ...line };
    };
    if (needs.some((need) => fallen.has(need))) {
      fallen.add(id);
      put({ outcome: 'notTried', message: '', advice: '' });
      continue;
    }
    put({ outcome: 'running', message: '', advice: '' });
    onProgress([...lines]);
    const { advice = '', ...proof } = await prove().catch((error: unknown) => notPassed(error));
    if (proof.outcome === 'failed') fallen.add(id);
    put({ ...proof, advice });
  }
  onProgress([...lines]);
  return lines;
}

const toleratedMs = 5 * 60_000;

/** How far the clock of this machine is from that of a service. @param serviceTime Its `Date` header; null where it sent none. */
export function clockProof(service: string, serviceTime: number | null, now: number): Proof {
  if (serviceTime === null) return passed(`${service} did not say what time it is.`);
  const offMs = now - serviceTime;
  if (Math.abs(offMs) <= toleratedMs) return passed(`This computer and ${service} agree.`);
  const minutes = Math.round(Math.abs(offMs) / 60_000);
  return warning(
    `The clock of this computer is ${minutes} minutes ${offMs > 0 ? 'ahead of' : 'behind'} that of ${service}.`,
    'Set it by the network. Runs begin by it, and a sign-in can be refused; no change is missed, since the services’ own times count.',
  );
}
