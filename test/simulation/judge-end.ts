import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { PersonView } from '../../main/demo/activecampaign/office.ts';
import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { Link } from '../../main/store/observed.ts';
import type { SyncStore } from '../../main/store/sync-store.ts';
import { emailKey } from '../../shared/email.ts';
import { type Entity, entities } from '../../shared/entity.ts';
import { activeCampaignId, dynamicsId } from '../../shared/ids.ts';
import { membershipOf, tagNames } from '../../shared/tags.ts';
import { BrokenPromise } from './broken-promise.ts';
import { whoMayEnter } from './criteria.ts';
import { readJournal } from './journal.ts';
import { type End, judgeField } from './judge-field.ts';
import { judgedFields } from './judged-fields.ts';
import type { Stage } from './stage.ts';

/** Judges what both services hold after the quiet runs. @throws BrokenPromise */
export function judgeEnd(stage: Stage, store: SyncStore): void {
  const end: End = { stage, store, held: heldSubjects(store), journal: [...stage.lostJournal, ...readJournal(store.database)] };
  for (const link of store.links.page(0, 100_000)) judgeLink(end, link);
  for (const entity of entities) if (works(stage, entity)) judgeWhoMayEnter(end, entity);
  judgeTaggedPeople(end);
  judgeCreatedRows(end);
}

function heldSubjects(store: SyncStore): Map<string, Set<string>> {
  const held = new Map<string, Set<string>>();
  for (const { subject, field } of store.problems.all(100_000)) held.set(subject, (held.get(subject) ?? new Set()).add(field));
  return held;
}

const works = ({ configuration, scenario }: Stage, entity: Entity): boolean =>
  configuration[entity].enabled && (entity === 'contact' || scenario.dynamics.variant.leadTable !== false);

function judgeLink(end: End, link: Link): void {
  const { stage } = end;
  const { office, salesPeople } = stage.world;
  const name = `${link.entity} ${link.dynamicsId} and person ${link.personId}`;
  if (link.state === 'planned') throw new BrokenPromise('P8', `${name}: the link is still planned`);
  const person = link.personId === null ? null : office.person(Number(link.personId));
  const row = salesPeople.row(link.entity, link.dynamicsId);
  if (person === null || row === null) throw new BrokenPromise('P8', `${name}: linked, though one side is gone`);
  if (!works(stage, link.entity)) return;
  // The tags follow a hand-over by a write to ActiveCampaign, which waits for Global Sync.
  const tagsMayWait = !stage.configuration.globalSync && link.entity === 'contact' && carriesPair(person, 'lead');
  if (!carriesPair(person, link.entity) && !tagsMayWait)
    throw new BrokenPromise('P8', `${name}: linked, though the tags are ${person.tags.join(', ')}`);
  const successor = successorOf(stage, link.entity, row);
  if (successor !== null) throw new BrokenPromise('P8', `${name}: ${successor} stands for the row now`);
  judgeConsent(end, link, person, row);
  for (const field of judgedFields(stage, link.entity)) judgeField(end, link, field, person, row);
}

const carriesPair = ({ tags }: PersonView, entity: Entity): boolean =>
  tags.includes(tagNames[entity]) && (tags.includes(tagNames.pulled) || tags.includes(tagNames.pushed));

/** The row that stands for this one, where it is there and syncs. */
function successorOf(stage: Stage, entity: Entity, { columns }: SampleRow): string | null {
  const [table, id] =
    columns.merged === true
      ? ([entity, columns._masterid_value] as const)
      : (['contact', entity === 'lead' && columns.statecode === 1 ? columns._parentcontactid_value : null] as const);
  if (typeof id !== 'string' || !works(stage, table) || stage.world.salesPeople.row(table, id) === null) return null;
  return `${table} ${id}`;
}

function judgeConsent(end: End, link: Link, person: PersonView, row: SampleRow): void {
  const { configuration, world } = end.stage;
  if (!configuration.syncOptOut || end.held.has(`${link.entity}:${link.dynamicsId}`)) return;
  const left = [...world.leftLists(person.id)];
  const statuses = Object.values(person.lists);
  const outThere = row.columns.donotbulkemail === true || row.columns.donotemail === true;
  const outHere =
    left.some(([list, { throughCampaign }]) => throughCampaign && person.lists[list] === 2) ||
    (statuses.includes(2) && !statuses.includes(1));
  const name = `${link.entity} ${link.dynamicsId} and person ${person.id}`;
  if (outHere && !outThere) throw new BrokenPromise('P6', `${name}: opted out in ActiveCampaign alone`);
  if (outThere && statuses.includes(1) && configuration.globalSync)
    throw new BrokenPromise('P6', `${name}: opted out in Dynamics, and still on a list`);
}

/** P1 and P7: whoever meets the Data Configuration is linked, or the program says why not. */
function judgeWhoMayEnter({ stage, store, held }: End, entity: Entity): void {
  const { configuration, world } = stage;
  const choice = configuration[entity];
  if (choice.direction === 'toDynamics' || !configuration.globalSync) return;
  for (const row of world.salesPeople.rows(entity)) {
    const { columns } = row;
    const replaced =
      columns.merged === true || (entity === 'lead' && columns.statecode === 1 && typeof columns._parentcontactid_value === 'string');
    if (replaced || !whoMayEnter[choice.who].meets(entity, columns)) continue;
    const id = dynamicsId(row.id);
    if (store.links.ofRecord(entity, id) !== null || held.has(`${entity}:${id}`)) continue;
    // Somebody left it out, also where nobody is asked: after a run that failed before the row came in. Or it waits for an answer.
    const newcomer = store.newcomers.of(entity, id)?.state;
    if (newcomer === 'leftOut' || (newcomer === 'waiting' && stage.scenario.asksAboutNewcomers)) continue;
    const ended = store.links.endedOfRecord(entity, id) ?? endedOfForerunner(stage, store, row);
    if (ended !== null && ended.endedBecause !== 'record-gone') continue;
    throw new BrokenPromise(
      'P1',
      `${entity} ${id} (${String(columns.emailaddress1)}) meets the Data Configuration and was left out silently`,
    );
  }
}

/** A row that was merged or qualified into this one had the same address, though it may be gone by now: whose sync was ended is the same person. */
function endedOfForerunner(stage: Stage, store: SyncStore, { id, columns }: SampleRow): Link | null {
  const { salesPeople, ledger } = stage.world;
  const key = (address: ColumnValue | undefined) => emailKey(String(address ?? ''));
  for (const forerunner of ledger.forerunners(id)) {
    for (const table of entities) {
      const row = salesPeople.row(table, forerunner);
      const held = row === null ? [...ledger.everInDynamics(forerunner, 'emailaddress1')] : [row.columns.emailaddress1];
      if (!held.some((address) => key(address) === key(columns.emailaddress1))) continue;
      const ended =
        store.links.endedOfRecord(table, dynamicsId(forerunner)) ?? (row === null ? null : endedOfForerunner(stage, store, row));
      if (ended !== null) return ended;
    }
  }
  return null;
}

function judgeTaggedPeople({ stage, store, held }: End): void {
  const { configuration, world } = stage;
  for (const person of world.office.people()) {
    const has = (key: keyof typeof tagNames) => person.tags.includes(tagNames[key]);
    const entity = membershipOf({ lead: has('lead'), contact: has('contact'), pulled: has('pulled'), pushed: has('pushed') });
    // Who is said to come from Dynamics, where there is nobody, is not created there.
    if (entity === null || !has('pulled') || !works(stage, entity) || configuration[entity].direction === 'toActiveCampaign') continue;
    const id = activeCampaignId(person.id);
    if (store.links.ofPerson(id) !== null || held.has(`person:${id}`)) continue;
    if (store.links.endedOfPerson(id)?.endedBecause === 'record-gone') continue;
    // The tags will follow a row of the other table, which is a write to ActiveCampaign.
    if (!configuration.globalSync) continue;
    throw new BrokenPromise('P1', `person ${id} (${person.email}) carries the tags of a ${entity} and was left out silently`);
  }
}

/** P2: one person has one row of the program's making, unless it was told to begin anew. */
function judgeCreatedRows({ stage }: End): void {
  const { watch, world } = stage;
  const rowOf = new Map<number, string>();
  for (const [id, person] of watch.created) {
    const table = entities.find((entity) => world.salesPeople.row(entity, id) !== null);
    if (person === null || table === undefined || world.salesPeople.row(table, id)?.columns.merged === true) continue;
    const other = rowOf.get(person);
    if (other !== undefined && !world.tagsWereTaken(person))
      throw new BrokenPromise('P2', `person ${person} has two rows of the program's making: ${other} and ${id}`);
    rowOf.set(person, id);
  }
}
