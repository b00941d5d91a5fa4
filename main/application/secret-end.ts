import { z } from 'zod';
import type { Problem } from '../../shared/app-state.ts';
import { type SecretEnd, secretEnd, secretEndAdvice } from '../../shared/client-secret-end.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Services } from '../services/services.ts';
import { readMeta, writeMeta } from '../store/meta.ts';

const toldKey = 'secretEndTold';
const toldSchema = z.object({ endsOn: z.string(), state: z.enum(['fine', 'soon', 'urgent', 'ended']) });

function endOf({ signIn, clientSecretEndsOn }: Settings['dynamics'], now: number): (SecretEnd & { readonly endsOn: string }) | null {
  if (signIn !== 'application' || clientSecretEndsOn === null) return null;
  return { ...secretEnd(clientSecretEndsOn, now), endsOn: clientSecretEndsOn };
}

/** In the last week a person has to act; before that a word is enough. */
export function secretProblem(dynamics: Settings['dynamics'], now: number): Problem | null {
  const end = endOf(dynamics, now);
  if (end === null || end.state === 'fine' || end.state === 'soon') return null;
  return { message: end.message, advice: secretEndAdvice };
}

/** Tells once when a month is left, once when a week is, and once when the secret has ended; remembered over restarts. */
export function createSecretEndWatch(
  { settings, database }: { readonly settings: Pick<Services['settings'], 'current'>; readonly database: Services['database'] },
  clock: Pick<Clock, 'now'>,
  tell: (words: string) => void,
): () => void {
  return () => {
    const end = endOf(settings.current().dynamics, clock.now());
    if (end === null || end.state === 'fine') return;
    const told = readMeta(database, toldKey, toldSchema);
    if (told?.endsOn === end.endsOn && told.state === end.state) return;
    writeMeta(database, toldKey, { endsOn: end.endsOn, state: end.state });
    tell(`${end.message} ${secretEndAdvice}`);
  };
}
