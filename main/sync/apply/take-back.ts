import { emailKey } from '../../../shared/email.ts';
import { entities } from '../../../shared/entity.ts';
import type { ActiveCampaignId, DynamicsId } from '../../../shared/ids.ts';
import type { Row } from '../../connections/dynamics/types.ts';
import type { Link, ObservedPerson } from '../../store/observed.ts';
import { transaction } from '../../store/transaction.ts';
import { type Operation, priorities } from '../plan/operations.ts';
import type { PlanRules } from '../plan/rules.ts';
import { answerNeverCame } from './answers.ts';
import { followImports, type PersonJob } from './apply-activecampaign.ts';
import { type ApplyContext, jobsOf, nextJobs } from './context.ts';
import { confirmFromReading, keepDone, readBack, readBackById } from './read-back.ts';
import { dropRest, isYetToJoin, planAgain } from './settle.ts';
import { changedSince, isNewcomer, isOwnWork } from './up-to-date.ts';
import { holds, keepShown, keepWritten, type RecordJob } from './written-row.ts';

/** What no longer follows from the settings: all of it, or, since Global Sync is off, what is for ActiveCampaign. */
export type Outdated = 'everything' | 'forActiveCampaign';
type ConsentRules = Pick<PlanRules, 'syncOptOut' | 'globalSync'>;

const personKinds = ['writePerson', 'optOutPerson'] as const;
const recordKinds = ['createRecord', 'updateRecord'] as const;
const everyKind = [...personKinds, ...recordKinds, 'settle'] as const;
const takenBackAtOnce = 500;

/**
 * The settings were changed after this was committed: what is not written yet is taken back, and who was to be written is planned anew under
 * the settings of this run. What an import carries already is followed to its end, and opt-outs of those in sync stay. An earlier try may have
 * written some of the rest, of which the answer never came: both services are read before.
 */
export async function takeBack(context: ApplyContext, rules: ConsentRules, outdated: Outdated): Promise<void> {
  const { store } = context;
  const kinds = outdated === 'everything' ? everyKind : personKinds;
  const unknown = once(() => readUnknown(context));
  await followImports(context);
  for (const priority of [priorities.optOut, priorities.write, priorities.settle]) {
    for (let after = 0; ; ) {
      const jobs = nextJobs(context, kinds, priority, after, takenBackAtOnce);
      const last = jobs.at(-1);
      if (last === undefined) break;
      const links = [...new Map(jobs.map(({ link }) => [link.id, link])).values()].filter((link) => isTakenBack(context, rules, link));
      const shown = await read(context, links, unknown);
      transaction(store.database, () => {
        for (const link of links) takeBackLink(context, rules, link, shown);
      });
      await context.breathe(0);
      after = last.entry.id;
    }
  }
}

function isTakenBack(context: ApplyContext, rules: ConsentRules, link: Link): boolean {
  const jobs = jobsOf(context, link, everyKind);
  if (link.state === 'planned') return !jobs.some((job) => isCarried(job) && job.operation.kind === 'writePerson');
  return jobs.some((job) => !isCarried(job) && !isOptOut(rules, job.operation));
}

const isCarried = ({ entry }: Pick<PersonJob, 'entry'>): boolean => entry.batch !== null;

/** What is to be written in any case: whoever has opted out is held to it under every setting but one. */
const isOptOut = ({ syncOptOut, globalSync }: ConsentRules, operation: Operation): boolean =>
  syncOptOut && (operation.kind === 'optOutPerson' ? globalSync : operation.kind === 'updateRecord' && operation.optOut);

/** Both sides as they are now. */
interface Shown {
  readonly rows: ReadonlyMap<DynamicsId, Row>;
  readonly people: ReadonlyMap<ActiveCampaignId, ObservedPerson>;
  /** By link: people whom an earlier try has created. */
  readonly created: ReadonlyMap<number, ObservedPerson>;
}

async function read(context: ApplyContext, links: readonly Link[], unknown: () => Promise<PeopleByAddress>): Promise<Shown> {
  const ofPeople = links.flatMap((link) => jobsOf(context, link, personKinds));
  const ofRows = links.flatMap((link) => jobsOf(context, link, recordKinds));
  const rows = new Map<DynamicsId, Row>();
  for (const entity of entities) {
    const ids = new Set(ofRows.flatMap(({ operation }) => (operation.entity === entity ? [operation.id] : [])));
    if (ids.size === 0 || context.tables[entity] === null) continue;
    for (const row of await context.dynamics.rowsById(entity, [...ids], context.columns[entity])) rows.set(row.id, row);
  }
  const people = await readBackById(
    context,
    ofPeople.flatMap(({ link }) => link.personId ?? []),
  );
  const newcomers = ofPeople.filter(isNewcomer);
  const byAddress = newcomers.length === 0 ? new Map<string, ObservedPerson>() : await unknown();
  const created = newcomers.flatMap((job) => {
    const now = byAddress.get(emailKey(job.operation.email) ?? '');
    return now !== undefined && isOwnWork(context, job, now) ? [[job.link.id, now] as const] : [];
  });
  return { rows, people, created: new Map(created) };
}

type PeopleByAddress = ReadonlyMap<string, ObservedPerson>;

/** Those changed since people were read last whom nobody knows here; read for all links at once. */
async function readUnknown(context: ApplyContext): Promise<PeopleByAddress> {
  const unknown = new Map<string, ObservedPerson>();
  for await (const people of readBack(context, await changedSince(context))) {
    for (const person of people) {
      const key = emailKey(person.email);
      if (key !== null && context.store.people.emailOf(person.id) === null) unknown.set(key, person);
    }
  }
  return unknown;
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => {
    value ??= read();
    return value;
  };
}

function takeBackLink(context: ApplyContext, rules: ConsentRules, link: Link, shown: Shown): void {
  const ofRow = jobsOf(context, link, recordKinds);
  const ofPerson = jobsOf(context, link, personKinds);
  // The id was chosen here: where the row is there, the link counts, whatever else was to follow.
  const made = ofRow.find(({ operation }) => operation.kind === 'createRecord' && shown.rows.has(operation.id));
  const counts = link.state === 'active' || made !== undefined;
  const staying = [...ofRow, ...ofPerson].filter((job) => job === made || (counts && (isCarried(job) || isOptOut(rules, job.operation))));
  for (const job of ofPerson) if (!staying.includes(job)) keepOfPerson(context, job, shown);
  for (const job of ofRow) if (!staying.includes(job)) keepOfRow(context, job, shown);
  dropRest(
    context,
    link,
    staying.map(({ entry }) => entry.id),
  );
  if (made !== undefined) keepWritten(context, made, shown.rows.get(made.operation.id) ?? null, null);
  planAgain(context, link);
}

function keepOfPerson(context: ApplyContext, job: PersonJob, { people, created }: Shown): void {
  const { links, people: known } = context.store;
  const { personId, id } = job.link;
  const now = personId === null ? created.get(id) : people.get(personId);
  if (now === undefined) {
    if (personId !== null) known.markGone(personId);
    return;
  }
  // Once it is confirmed, nobody would put them on the list any more.
  if (personId === null && !isYetToJoin(job.operation, now.lists) && confirmFromReading(context, job, now)) return;
  keepDone(context, job, now, answerNeverCame);
  // What was made of a new person is remembered as theirs.
  if (personId === null && links.ofPerson(now.id) === null) links.setPerson(id, now.id);
}

function keepOfRow(context: ApplyContext, job: RecordJob, { rows }: Shown): void {
  const { operation, link } = job;
  // What cannot be read any more, and what never came to be.
  if (context.tables[link.entity] === null || operation.kind === 'createRecord') return;
  const row = rows.get(operation.id) ?? null;
  if (row !== null && holds(row, operation.columns)) keepWritten(context, job, row, null);
  else keepShown(context, job, row);
}
