import type { ColumnValue } from '../../main/connections/dynamics/types.ts';
import type { DataSet, SamplePerson, SampleRow } from '../../main/demo/data-set/types.ts';

/**
 * What both sides must hold after the Initial Sync of a data set under the default Data Configuration, worked out from the data set
 * alone and by the rules as they are written down: nothing of the engine is used here.
 */
export interface ExpectedPerson {
  /** One line on what happens, for a reader of a failed comparison. */
  readonly because: string;
  /** Lower case; '' where there is none. */
  readonly email: string;
  /** The membership tags, without `D365: `, in alphabetical order. */
  readonly tags: readonly string[];
  /** Status by name of the list. */
  readonly lists: Readonly<Record<string, number>>;
  /** What both sides hold in the mapped fields; a difference that is meant is given for each side. */
  readonly fields: Readonly<Record<'firstName' | 'lastName' | 'phone', Agreed>>;
  /** `donotbulkemail` of the row. */
  readonly noBulkEmail: boolean | null;
  /** What the person is in Dynamics. */
  readonly row: RowName | 'a new lead' | 'a new contact' | null;
  /** Topic of a lead that was created. */
  readonly topic: string | null;
}

export type Agreed = string | { readonly activeCampaign: string; readonly dynamics: string };
export type RowName = `${'lead' | 'contact'} ${string}`;

export interface ExpectedInitialSync {
  /** Everybody who is in ActiveCampaign afterwards: by id where they were there before, by e-mail where they are new. */
  readonly people: ReadonlyMap<string, ExpectedPerson>;
  /** Who is held, with the reason. */
  readonly held: ReadonlyMap<RowName | `person ${string}`, string>;
  readonly totals: {
    readonly toActiveCampaign: { readonly created: number; readonly linked: number };
    readonly toDynamics: { readonly created: number; readonly linked: number };
  };
}

interface Row {
  readonly name: RowName;
  readonly entity: 'lead' | 'contact';
  readonly columns: SampleRow['columns'];
}

export function expectInitialSync(data: DataSet): ExpectedInitialSync {
  const rows: Row[] = [...named('lead', data.leads), ...named('contact', data.contacts)];
  const held = new Map<RowName | `person ${string}`, string>();
  const syncing = new Map<string, Row>();
  const byEmail = Map.groupBy(
    rows.filter((row) => mayEnter(row, held)),
    (row) => emailOf(row.columns.emailaddress1),
  );
  const personByEmail = new Map(data.people.filter((person) => person.email !== '').map((person) => [emailOf(person.email), person]));

  for (const [email, alike] of byEmail) {
    const wanted = pulledAs(personByEmail.get(email));
    const [first, ...others] = alike.toSorted((a, b) => rank(a, wanted) - rank(b, wanted) || (created(a) < created(b) ? -1 : 1));
    if (first === undefined) continue;
    syncing.set(email, first);
    for (const other of others) held.set(other.name, 'shared-email');
  }

  const people = new Map<string, ExpectedPerson>();
  const totals = { toActiveCampaign: { created: 0, linked: 0 }, toDynamics: { created: 0, linked: 0 } };
  for (const person of data.people) {
    const row = syncing.get(emailOf(person.email));
    // Dynamics is searched by e-mail before anything is created there: without one nobody is.
    const pulled = person.email === '' ? null : pulledAs(person);
    if (person.email === '' && pulledAs(person) !== null) held.set(`person ${person.id}`, 'no-email');
    if (row !== undefined) totals[pulled === null ? 'toActiveCampaign' : 'toDynamics'].linked += 1;
    else if (pulled !== null) totals.toDynamics.created += 1;
    people.set(person.id, row === undefined ? withoutRow(person, pulled) : linked(person, pulled, row));
  }
  for (const [email, row] of syncing) {
    if (personByEmail.has(email)) continue;
    totals.toActiveCampaign.created += 1;
    people.set(email, newcomer(email, row));
  }
  return { people, held, totals };
}

function named(entity: Row['entity'], rows: readonly SampleRow[]): Row[] {
  return rows.map(({ id, columns }) => ({ name: `${entity} ${id}`, entity, columns }));
}

/** A qualified lead has handed over to its contact; without an e-mail, or with one that is none, a row is held. */
function mayEnter({ name, columns }: Row, held: Map<string, string>): boolean {
  const email = emailOf(columns.emailaddress1);
  if (columns.statecode === 1 && typeof columns._parentcontactid_value === 'string') return false;
  if (email.includes('@')) return true;
  held.set(name, email === '' ? 'no-email' : 'invalid-email');
  return false;
}

/** The entity that the person was tagged for in ActiveCampaign. */
function pulledAs(person: SamplePerson | undefined): 'lead' | 'contact' | null {
  if (person === undefined || !person.tags.includes('D365: Pulled from ActiveCampaign')) return null;
  return person.tags.includes('D365: Contact') ? 'contact' : 'lead';
}

/** The entity that the person was tagged for, else contact before lead; open before closed. The oldest of those that are left. */
function rank(row: Row, wanted: Row['entity'] | null): number {
  const entity = row.entity === (wanted ?? 'contact') ? 0 : 2;
  return entity + (row.columns.statecode === 0 ? 0 : 1);
}

const created = (row: Row): string => text(row.columns.createdon);
const text = (value: ColumnValue | undefined): string => (typeof value === 'string' ? value.trim() : '');
const emailOf = (value: ColumnValue | undefined): string => text(value).toLowerCase();

const inDynamics = ({ columns }: Row) => ({
  firstName: text(columns.firstname),
  lastName: text(columns.lastname),
  phone: text(columns.telephone1),
});

function newcomer(email: string, row: Row): ExpectedPerson {
  return {
    because: `${row.name} was not in ActiveCampaign`,
    email,
    tags: [capital(row.entity), 'Pushed from Dynamics'],
    lists: {},
    fields: inDynamics(row),
    noBulkEmail: row.columns.donotbulkemail === true,
    row: row.name,
    topic: null,
  };
}

function linked(person: SamplePerson, pulled: Row['entity'] | null, row: Row): ExpectedPerson {
  const theirs = inDynamics(row);
  const lists = listsOf(person);
  const outInDynamics = row.columns.donotbulkemail === true || row.columns.donotemail === true;
  const leave = (status: number) => (outInDynamics && status === 1 ? 2 : status);
  return {
    because: `the person is ${row.name}`,
    email: emailOf(person.email),
    tags: [capital(row.entity), pulled === null ? 'Pushed from Dynamics' : 'Pulled from ActiveCampaign'],
    lists: Object.fromEntries(Object.entries(lists).map(([name, status]) => [name, leave(status)])),
    // Dynamics wins a conflict by default; a value beats an empty one.
    fields: {
      firstName: theirs.firstName || person.firstName.trim(),
      lastName: theirs.lastName || person.lastName.trim(),
      phone: theirs.phone || person.phone.trim(),
    },
    noBulkEmail: row.columns.donotbulkemail === true || (optedOut(person) && !outInDynamics),
    row: row.name,
    topic: null,
  };
}

function withoutRow(person: SamplePerson, pulled: Row['entity'] | null): ExpectedPerson {
  const email = emailOf(person.email);
  const ours = { firstName: person.firstName.trim(), lastName: person.lastName.trim(), phone: person.phone.trim() };
  const membership = person.tags.filter((tag) => tag.startsWith('D365: ')).map((tag) => tag.slice('D365: '.length));
  const common = { email, tags: membership.toSorted(), lists: listsOf(person) };
  if (pulled === null)
    return { ...common, because: 'nobody asked for this person', fields: ours, noBulkEmail: null, row: null, topic: null };
  const name = `${ours.firstName} ${ours.lastName}`.trim();
  const lastName = ours.lastName || { activeCampaign: '', dynamics: person.email.split('@')[0] ?? '' };
  return {
    ...common,
    because: `the person was tagged as a ${pulled} in ActiveCampaign`,
    fields: { ...ours, lastName },
    noBulkEmail: optedOut(person),
    row: `a new ${pulled}`,
    topic: pulled === 'lead' ? `ActiveCampaign: ${name || person.email}` : null,
  };
}

const listsOf = (person: SamplePerson) => Object.fromEntries(person.lists.map(({ name, status }) => [name, status]));

/** Unsubscribed from every list, or through a campaign. */
function optedOut({ lists }: SamplePerson): boolean {
  return (lists.length > 0 && lists.every(({ status }) => status === 2)) || lists.some(({ throughCampaign }) => throughCampaign === true);
}

const capital = (entity: Row['entity']) => (entity === 'lead' ? 'Lead' : 'Contact');
