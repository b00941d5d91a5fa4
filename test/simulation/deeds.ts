import { DataverseError } from '../../main/demo/dynamics/dataverse-error.ts';
import type { Entity } from '../../shared/entity.ts';
import { tagNames } from '../../shared/tags.ts';
import type { Deed } from './scenario.ts';
import type { World } from './world.ts';

/** Carries out what somebody does in one of the services, and enters it in the ledger. @returns a line for the trace. */
export function carryOut(world: World, deed: Deed): string {
  // An import may have ended since.
  world.ledger.remember();
  try {
    return act(world, deed);
  } catch (error) {
    // What the service itself does not let anybody do.
    if (error instanceof DataverseError || (error instanceof Error && error.message.startsWith('There is a person'))) {
      return `${deed.kind}: not possible (${error.message})`;
    }
    throw error;
  } finally {
    world.ledger.remember();
  }
}

function chosen<Item>(items: readonly Item[], number: number): Item | undefined {
  return items.length === 0 ? undefined : items[number % items.length];
}

/** The row, and those that it was merged into. */
function standingFor({ salesPeople }: World, table: Entity, id: string): ReadonlySet<string> {
  const met = new Set([id]);
  for (const each of met) {
    const master = salesPeople.row(table, each)?.columns._masterid_value;
    if (typeof master === 'string') met.add(master);
  }
  return met;
}

function act(world: World, deed: Deed): string {
  const { office, salesPeople, ledger } = world;
  const moment = world.nextMoment();
  const person = (who: number) => chosen(office.people(), who)?.id;
  const row = (table: Entity, who: number) => chosen([...salesPeople.rows(table)], who)?.id;
  const onPerson = (who: number, act: (id: number) => string) => {
    const id = person(who);
    return id === undefined ? `${deed.kind}: nobody there` : `${deed.kind} person ${id}: ${act(id)}`;
  };
  const onRow = (table: Entity, who: number, act: (id: string) => string) => {
    const id = row(table, who);
    return id === undefined ? `${deed.kind}: no ${table} there` : `${deed.kind} ${table} ${id}: ${act(id)}`;
  };

  switch (deed.kind) {
    case 'editPerson':
      return onPerson(deed.who, (id) => {
        const own = ['firstName', 'lastName', 'phone'].includes(deed.field);
        office.edit(id, own ? { [deed.field]: deed.value } : { fields: { [deed.field]: deed.value } });
        ledger.enteredInActiveCampaign(id, deed.field, moment);
        return `${deed.field} = ${JSON.stringify(deed.value)}`;
      });
    case 'changePersonEmail':
      return onPerson(deed.who, (id) => {
        const other = office.personByEmail(deed.email);
        if (other !== null && other.id !== id) return `${deed.email} is taken`;
        office.edit(id, { email: deed.email });
        ledger.enteredInActiveCampaign(id, 'email', moment);
        return deed.email;
      });
    case 'createPerson': {
      const { id } = office.create(deed.email, { firstName: deed.firstName });
      for (const tag of deed.tags) office.addTag(id, tagNames[tag]);
      ledger.personMade(id, moment);
      return `createPerson ${id} ${deed.email} [${deed.tags.join(', ')}]`;
    }
    case 'deletePerson':
      return onPerson(deed.who, (id) => {
        office.delete(id);
        return 'gone';
      });
    case 'giveTags':
      return onPerson(deed.who, (id) => {
        for (const tag of deed.tags) office.addTag(id, tagNames[tag]);
        return deed.tags.join(', ');
      });
    case 'takeTag':
      return onPerson(deed.who, (id) => {
        office.removeTag(id, tagNames[deed.tag]);
        world.notice.tagsTaken(id);
        return deed.tag;
      });
    case 'deleteTag': {
      const holders = office.people().filter(({ tags }) => tags.includes(tagNames[deed.tag]));
      office.deleteTag(tagNames[deed.tag]);
      for (const { id } of holders) world.notice.tagsTaken(id);
      return `deleteTag ${deed.tag}, which ${holders.length} had`;
    }
    case 'subscribe':
      return onPerson(deed.who, (id) => {
        office.subscribe(id, deed.list);
        world.notice.subscribed(id, deed.list);
        return deed.list;
      });
    case 'unsubscribe':
    case 'unsubscribeThroughCampaign':
      return onPerson(deed.who, (id) => {
        // Who has left stays as they left: the service does not look at the way a second time.
        if (office.person(id)?.lists[deed.list] === 2) return `${deed.list}, left before`;
        office[deed.kind](id, deed.list);
        world.notice.unsubscribed(id, deed.list, deed.kind === 'unsubscribeThroughCampaign', moment);
        return deed.list;
      });
    case 'bounce':
      return onPerson(deed.who, (id) => {
        office.bounce(id, deed.bounce);
        return deed.bounce;
      });
    case 'enterAutomation':
      return onPerson(deed.who, (id) => {
        office.enterAutomation(id, deed.automation);
        return deed.automation;
      });
    case 'addNote':
    case 'openEmail':
      return onPerson(deed.who, (id) => {
        office[deed.kind](id);
        return 'done';
      });
    case 'exclude':
      office.exclude(deed.email);
      return `exclude ${deed.email}`;
    case 'endNextImport':
      office.endNextImportWith(deed.fate);
      return `the next import ends ${deed.fate}`;
    case 'editRow':
      return onRow(deed.table, deed.who, (id) => {
        salesPeople.edit(deed.table, id, { [deed.column]: deed.value });
        ledger.enteredInDynamics(deed.table, id, deed.column, moment);
        return `${deed.column} = ${JSON.stringify(deed.value)}`;
      });
    case 'createRow': {
      const id = salesPeople.create(deed.table, deed.columns);
      ledger.rowMade(deed.table, id, moment);
      return `createRow ${deed.table} ${id} ${JSON.stringify(deed.columns)}`;
    }
    case 'deleteRow':
      return onRow(deed.table, deed.who, (id) => {
        salesPeople.delete(deed.table, id);
        ledger.rowDeleted(id);
        return 'gone';
      });
    case 'optOutRow':
      return onRow(deed.table, deed.who, (id) => {
        salesPeople.edit(deed.table, id, { [deed.column]: true });
        world.notice.rowOptedOut(id, moment);
        return deed.column;
      });
    case 'qualify':
      return onRow('lead', deed.who, (id) => {
        const contact = salesPeople.qualify(id);
        ledger.rowMade('contact', contact, moment, true);
        ledger.succeeds(contact, id);
        return `contact ${contact}`;
      });
    case 'disqualify':
      return onRow('lead', deed.who, (id) => {
        salesPeople.disqualify(id);
        return 'done';
      });
    case 'merge':
      return onRow(deed.table, deed.loser, (loser) => {
        const winner = row(deed.table, deed.winner);
        // Dynamics offers active rows alone to be merged into.
        if (winner === undefined || winner === loser || salesPeople.row(deed.table, winner)?.columns.merged === true) return 'with nobody';
        salesPeople.merge(deed.table, winner, loser);
        ledger.succeeds(winner, loser);
        // The winner, or what it was merged into itself, stands for both now: whatever it holds is what Dynamics says of either person.
        for (const id of standingFor(world, deed.table, winner)) ledger.rowMade(deed.table, id, moment, true);
        return `into ${winner}`;
      });
    case 'expireChangeTracking':
      world.expireChangeTracking(deed.table);
      return `delta links of ${deed.table}s expire`;
    case 'late':
      return world.stampedLate(deed.ms, () => `${act(world, deed.deed)}, stamped ${deed.ms / 1000} s ago`);
    case 'expireTokens':
      world.expireTokens();
      return 'access tokens expire';
  }
}
