import type { Matches } from '../application-port.ts';
import type { Clock } from '../ports/clock.ts';
import type { Services } from '../services/services.ts';
import type { AccountReader } from './account-reader.ts';
import { readCandidateDetails } from './candidate-details.ts';
import { type Answering, answerMatch, countWrongTags, describeMatch, repairTags } from './matches.ts';

export interface MatchesOptions {
  readonly services: Pick<Services, 'settings' | 'store' | 'log'>;
  readonly accounts: AccountReader;
  readonly clock: Pick<Clock, 'now'>;
  /** Called when something was answered. */
  readonly changed: () => void;
}

export function openMatches({ services: { settings, store, log }, accounts, clock, changed }: MatchesOptions): Matches {
  const answering = (): Answering => ({ store, log, now: clock.now() });
  const describe = (subject: string) => describeMatch(store, settings.current(), subject);
  return {
    describe: async (subject) => describe(subject),
    details: async (subject) => {
      const match = describe(subject);
      return match === null ? [] : readCandidateDetails(accounts, store, match);
    },
    choose: async (answer) => {
      answerMatch(answering(), settings.current(), answer);
      changed();
    },
    wrongTags: async () => countWrongTags(store),
    repairTags: async () => {
      const repaired = repairTags(answering(), settings.current());
      changed();
      return repaired;
    },
  };
}
