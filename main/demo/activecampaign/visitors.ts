import { tagNames } from '../../../shared/tags.ts';
import type { Account } from './account.ts';
import { enterAutomation, findTag } from './operations.ts';
import type { PersonRow } from './rows.ts';

/** People who do something by themselves, so that an account that nobody works in is not dead. */
export interface Visitors {
  /** Lets everybody in whose time has come. */
  advance(): void;
}

export interface VisitorPace {
  /** Name of the automation that they enter. */
  readonly automation: string;
  readonly everyMs: number;
}

/** After a long absence no more than this many come at once. */
const mostAtOnce = 12;

/** One after the other, people who take part in no sync yet enter the automation, each once. */
export function createVisitors(account: Account, clock: { now(): number }, { automation: name, everyMs }: VisitorPace): Visitors {
  let dueAt: number | null = null;
  return {
    advance: () => {
      if (dueAt !== null && clock.now() < dueAt) return;
      const automation = account.automations.values().find((row) => row.name === name);
      if (automation === undefined) return;
      const entered = new Map(
        account.automationRuns.values().flatMap((run) => (run.automation === automation.id ? [[run.person, run.enteredAt] as const] : [])),
      );
      const last = Math.max(automation.createdAt, ...entered.values());
      const due = Math.floor((clock.now() - last) / everyMs);
      const next = waiting(account, (person) => entered.has(person.id)).slice(0, Math.min(due, mostAtOnce));
      const first = last + (due - next.length + 1) * everyMs;
      account.inOneWrite(() => {
        for (const [index, person] of next.entries()) enterAutomation(account, person, automation, first + index * everyMs);
      });
      dueAt = last + (due + 1) * everyMs;
    },
  };
}

function waiting(account: Account, entered: (person: PersonRow) => boolean): PersonRow[] {
  const membership = new Set(Object.values(tagNames).map((name) => findTag(account, name)?.id));
  return account.people.all().filter((person) => {
    const takesPart = person.tags.some(({ tag }) => membership.has(tag));
    return person.email !== '' && !takesPart && !entered(person);
  });
}
