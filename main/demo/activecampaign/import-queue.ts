import type { Random } from '../../ports/random.ts';
import type { Account } from './account.ts';
import {
  addTag,
  changeDetails,
  createPerson,
  createTag,
  findTag,
  type PersonDetails,
  setFieldValue,
  setListStatus,
  touch,
} from './operations.ts';
import type { ImportBatchRow, ImportContact, PersonRow } from './rows.ts';

/** What happens to an import after it was accepted. */
export interface ImportQueue {
  /** Counts a request against the import quotas of a minute: 100 with several contacts, 20 with one. */
  exceedsQuota(contacts: number): boolean;
  /** Excluded and bounced addresses are dropped here: the batch can be smaller than what was sent. */
  submit(contacts: readonly ImportContact[]): ImportBatchRow;
  /** Carries out every batch whose time has come. */
  advance(): void;
  /** `false` during the first second, then what the documentation lists. */
  statusOf(batch: ImportBatchRow): false | 'waiting' | 'active' | 'completed' | 'failed' | 'interrupted';
  /** The next batch that is submitted takes none of its rows (`failed`) or the first half of them (`interrupted`). */
  endNextWith(fate: 'failed' | 'interrupted'): void;
}

export interface ImportPace {
  /** From acceptance to the end of a batch, by the account's clock. 0: it is over when the answer is sent. */
  readonly delayMs: number;
  /** False: the quotas of a minute are not counted. */
  readonly quotas: boolean;
}

const minuteMs = 60_000;
const unknownMs = 1_000;

export function createImportQueue(account: Account, random: Random, clock: { now(): number }, pace: ImportPace): ImportQueue {
  const open = new Set([...account.importBatches.values()].filter((batch) => batch.outcome === null));
  const requests = { single: [] as number[], multiple: [] as number[] };
  let nextFate: ImportBatchRow['fate'] = 'completed';

  const advance = () => {
    for (const batch of open) {
      if (clock.now() < batch.queuedAt + pace.delayMs) continue;
      open.delete(batch);
      account.inOneWrite(() => carryOut(account, batch, Math.floor((batch.queuedAt + pace.delayMs) / 1000) * 1000));
    }
  };
  return {
    exceedsQuota(contacts) {
      const kind = contacts === 1 ? 'single' : 'multiple';
      const recent = requests[kind].filter((time) => time > clock.now() - minuteMs);
      const exceeded = pace.quotas && recent.length >= (kind === 'single' ? 20 : 100);
      requests[kind] = exceeded ? recent : [...recent, clock.now()];
      return exceeded;
    },
    submit(contacts) {
      const batch: ImportBatchRow = {
        id: random.uuid(),
        queuedAt: clock.now(),
        outcome: null,
        fate: nextFate,
        contacts: contacts.filter(({ email }) => !isSkipped(account, email)),
        created: [],
        updated: [],
        failed: [],
      };
      nextFate = 'completed';
      account.importBatches.put(batch.id, batch);
      open.add(batch);
      // A copy: the caller tells how many were queued, also where the queue is empty again at once.
      const accepted = { ...batch };
      advance();
      return accepted;
    },
    advance,
    statusOf(batch) {
      const age = clock.now() - batch.queuedAt;
      if (age < Math.min(unknownMs, pace.delayMs)) return false;
      return batch.outcome ?? (age < pace.delayMs / 2 ? 'waiting' : 'active');
    },
    endNextWith(fate) {
      nextFate = fate;
    },
  };
}

function isSkipped(account: Account, email: string): boolean {
  const bounced = (account.people.byEmail(email)?.hardBounces ?? 0) > 0;
  return bounced || account.exclusions.get(email.toLowerCase()) !== undefined;
}

function carryOut(account: Account, batch: ImportBatchRow, at: number): void {
  const taken = { completed: batch.contacts.length, failed: 0, interrupted: Math.floor(batch.contacts.length / 2) }[batch.fate];
  batch.contacts.forEach((contact, index) => {
    const result = index < taken ? importContact(account, contact, at) : 'failed';
    if (result === 'failed') batch.failed.push(contact.email);
    else if (result.existed) batch.updated.push(result.id);
    else batch.created.push(result.id);
  });
  batch.contacts = [];
  batch.outcome = batch.fate;
  account.importBatches.put(batch.id, batch);
}

/** Fails as a whole where the person unsubscribed from a list that the row would let them join. */
function importContact(
  account: Account,
  contact: ImportContact,
  at: number,
): { readonly id: number; readonly existed: boolean } | 'failed' {
  const known = account.people.byEmail(contact.email);
  const left = new Set(known?.lists.filter((membership) => membership.status === 2).map((membership) => membership.list));
  if (contact.subscribe.some((list) => left.has(list))) return 'failed';

  const person = known ?? createPerson(account, contact.email, {}, at);
  const udate = known === undefined || account.variant.importMovesUdate === 'everything' ? 'moves' : 'stays';
  const before = { updatedAt: person.updatedAt, touchedAt: person.touchedAt };
  const changed = writeValues(account, person, contact, at);
  for (const name of contact.tags) {
    const tag = findTag(account, name) ?? createTag(account, name, at);
    addTag(account, person, tag, at, { udate, automations: contact.excludeAutomations ? 'excluded' : 'run' });
  }
  const automations = contact.excludeAutomations ? 'excluded' : 'run';
  for (const list of contact.subscribe) if (account.lists.get(String(list))) setListStatus(account, person, list, 1, at, { automations });
  for (const list of contact.unsubscribe) if (account.lists.get(String(list))) setListStatus(account, person, list, 2, at);

  const keeps = account.variant.importMovesUdate === 'nothing' || (account.variant.importMovesUdate === 'all-but-tags' && !changed);
  if (known === undefined || !keeps) touch(account, person, at);
  else account.people.save(Object.assign(person, before));
  return { id: person.id, existed: known !== undefined };
}

/** Whether the row brought any value, list or list removal besides its tags. */
function writeValues(account: Account, person: PersonRow, contact: ImportContact, at: number): boolean {
  const counts = (value: string | undefined) => value !== undefined && (value !== '' || account.variant.importEmptyValue === 'clears');
  const { firstName, lastName, phone, organization } = contact;
  const details: PersonDetails = Object.fromEntries(
    Object.entries({ firstName, lastName, phone, organization }).filter(([, value]) => counts(value)),
  );
  const fields = contact.fields.filter(({ value }) => counts(value));
  for (const { id, value } of fields) setFieldValue(account, person, id, value, at);
  changeDetails(account, person, details, at);
  return Object.keys(details).length + fields.length + contact.subscribe.length + contact.unsubscribe.length > 0;
}
