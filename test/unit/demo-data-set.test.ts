import { expect, test } from 'vitest';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import { seededRandom } from '../../main/demo/data-set/seeded-random.ts';
import { dataSetMadeAt } from '../../main/demo/data-set/time.ts';
import type { SamplePerson, SampleRow } from '../../main/demo/data-set/types.ts';
import { membershipOf, tagNames } from '../../shared/tags.ts';

const dataSet = createDataSet(1);
const { leads, contacts, people } = dataSet;

const emailOf = (row: SampleRow) => (typeof row.columns.emailaddress1 === 'string' ? row.columns.emailaddress1.toLowerCase() : null);
const emailsOf = (rows: readonly SampleRow[]) => rows.map(emailOf).filter((email) => email !== null);
const open = (row: SampleRow) => row.columns.statecode === 0;
const count = <Item>(items: readonly Item[], test: (item: Item) => boolean) => items.filter(test).length;

function sharing(rows: readonly SampleRow[]): SampleRow[][] {
  const groups = new Map<string, SampleRow[]>();
  for (const row of rows) {
    const email = emailOf(row);
    if (email !== null) groups.set(email, [...(groups.get(email) ?? []), row]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

test('the same seed makes the same data, another seed other data', () => {
  expect(createDataSet(1)).toEqual(dataSet);
  expect(createDataSet(2).leads[0]).not.toEqual(leads[0]);
});

test('it has the size that was asked for', () => {
  const sizes = (size: Parameters<typeof createDataSet>[1]) => {
    const made = createDataSet(1, size);
    return [made.leads.length, made.contacts.length, made.people.length];
  };
  expect(sizes(undefined)).toEqual([2_000, 1_500, 800]);
  expect(sizes({ leads: 5_000, contacts: 0, people: 10 })).toEqual([5_000, 0, 10]);
  expect(sizes({ leads: 0, contacts: 3, people: 0 })).toEqual([0, 3, 0]);
});

test('it has what real e-mail addresses have', () => {
  const raw = leads.map((row) => row.columns.emailaddress1);
  const having = (test: (email: string) => boolean) => count(raw, (email) => typeof email === 'string' && test(email));
  expect({
    missing: count(raw, (email) => email === null) > 40,
    upperCase: having((email) => email === email.toUpperCase()) > 60,
    plus: having((email) => email.includes('+')) > 40,
    apostrophe: having((email) => email.includes("o'brien")) > 5,
    notAnAddress: having((email) => !email.includes('@')) > 5,
    fitsTheColumn: having((email) => email.length > 100) === 0,
  }).toEqual({ missing: true, upperCase: true, plus: true, apostrophe: true, notAnAddress: true, fitsTheColumn: true });
});

test('e-mail addresses are shared by two open leads, by a closed and an open lead, and by a lead and a contact', () => {
  const groups = sharing(leads);
  expect(count(groups, (group) => count(group, open) > 1)).toBeGreaterThan(10);
  expect(count(groups, (group) => count(group, open) === 1)).toBeGreaterThan(10);
  const ofContacts = new Set(emailsOf(contacts));
  expect(count(leads.filter(open), (lead) => ofContacts.has(emailOf(lead) ?? ''))).toBeGreaterThan(20);
});

test('a qualified lead and its contact know each other', () => {
  const qualified = leads.filter((lead) => lead.columns.statecode === 1);
  const pairs = qualified.map((lead) => [lead, contacts.find((contact) => contact.id === lead.columns._parentcontactid_value)] as const);
  expect(qualified.length).toBeGreaterThan(80);
  expect(pairs.filter(([lead, contact]) => contact?.columns._originatingleadid_value !== lead.id)).toEqual([]);
});

test('values fit the columns that Dynamics has by default', () => {
  const longest = {
    firstname: 50,
    lastname: 50,
    subject: 300,
    companyname: 100,
    jobtitle: 100,
    telephone1: 50,
    mobilephone: 20,
    websiteurl: 200,
    address1_city: 80,
  };
  const tooLong = [...leads, ...contacts].flatMap((row) =>
    Object.entries(longest).filter(([column, length]) => String(row.columns[column] ?? '').length > length),
  );
  expect(tooLong).toEqual([]);
});

test('everything happened in its order and before the set was made', () => {
  const wrong = [...leads, ...contacts].filter(({ columns }) => {
    const [created, modified] = [Date.parse(String(columns.createdon)), Date.parse(String(columns.modifiedon))];
    return !(created <= modified && modified <= dataSetMadeAt);
  });
  expect(wrong).toEqual([]);
});

test('ids are unique, and so are e-mail addresses in ActiveCampaign', () => {
  expect(new Set([...leads, ...contacts].map(({ id }) => id)).size).toBe(3_500);
  const addresses = people.map(({ email }) => email.toLowerCase()).filter((email) => email !== '');
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(people.map(({ id }) => Number(id))).toEqual([...new Set(people.map(({ id }) => Number(id)))].sort((one, other) => one - other));
});

test('people in ActiveCampaign are leads, contacts, new ones who are to become either, or nothing of this', () => {
  const has = (person: SamplePerson, name: string) => person.tags.includes(name);
  const membership = (person: SamplePerson) =>
    membershipOf({
      lead: has(person, tagNames.lead),
      contact: has(person, tagNames.contact),
      pulled: has(person, tagNames.pulled),
      pushed: has(person, tagNames.pushed),
    });
  const inDynamics = new Set(emailsOf([...leads, ...contacts]));
  const known = (person: SamplePerson) => inDynamics.has(person.email.toLowerCase());
  const spelledAlike = new Set([...leads, ...contacts].map((row) => row.columns.emailaddress1));
  expect({
    known: count(people, known) > 350,
    knownInAnotherSpelling: count(people, (person) => known(person) && !spelledAlike.has(person.email)) > 80,
    becomeLeads: count(people, (person) => !known(person) && membership(person) === 'lead') > 30,
    becomeContacts: count(people, (person) => !known(person) && membership(person) === 'contact') > 30,
    halfAPair: count(people, (person) => has(person, tagNames.lead) && membership(person) === null) > 0,
    withoutEmail: count(people, ({ email }) => email === '') > 0,
    bounced: count(people, ({ bounced }) => bounced !== undefined) > 20,
    unsubscribedSomewhere:
      count(people, ({ lists }) => lists.some(({ status }) => status === 2) && lists.some(({ status }) => status === 1)) > 5,
    unsubscribedEverywhere: count(people, ({ lists }) => lists.length > 1 && lists.every(({ status }) => status === 2)) > 5,
    throughCampaign: count(people, ({ lists }) => lists.some(({ throughCampaign }) => throughCampaign === true)) > 10,
  }).toEqual({
    known: true,
    knownInAnotherSpelling: true,
    becomeLeads: true,
    becomeContacts: true,
    halfAPair: true,
    withoutEmail: true,
    bounced: true,
    unsubscribedSomewhere: true,
    unsubscribedEverywhere: true,
    throughCampaign: true,
  });
});

test('a seeded random repeats itself and makes version 4 GUIDs', () => {
  const draw = (seed: number) => {
    const random = seededRandom(seed);
    return [random.fraction(), random.uuid(), random.fraction()];
  };
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  expect(draw(3)[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
