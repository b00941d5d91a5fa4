import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerMatch, countWrongTags, describeMatch, repairTags } from '../../main/application/matches.ts';
import { dynamicsId } from '../../shared/ids.ts';
import type { MatchAnswer, MatchView } from '../../shared/match.ts';
import { tagNames } from '../../shared/tags.ts';
import { bodies, membership } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Somebody says whom a person is in Dynamics, and the next run follows. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  await engine.run();
});
afterEach(() => engine.close());

const email = 'ada@example.com';
const tagged = (...tags: (keyof typeof tagNames)[]): number => {
  const { id } = engine.office.create(email, { firstName: 'Ada', phone: '0123' });
  for (const tag of tags) engine.office.addTag(id, tagNames[tag]);
  return id;
};
const untag = (...tags: (keyof typeof tagNames)[]) => {
  for (const tag of tags) engine.office.removeTag(engine.office.personByEmail(email)?.id ?? 0, tagNames[tag]);
};
const question = (subject: string): MatchView => {
  const view = describeMatch(engine.store, engine.settings(), subject);
  if (view === null) throw new Error(`there is no question about ${subject}`);
  return view;
};
const log = { write: () => undefined };
const answering = () => ({ store: engine.store, log, now: engine.clock.now() });
const answer = (given: MatchAnswer) => answerMatch(answering(), engine.settings(), given);
const choose = (subject: string, row: MatchAnswer['row']) =>
  answer({ subject, row, among: question(subject).candidates.map(({ id }) => id) });
const heldReasons = () => engine.store.problems.all(100).map(({ reason }) => reason);
const linkOf = (person: number) => {
  const subject = engine.store.links.page(0, 100).find(({ personId }) => personId === String(person));
  return subject === undefined ? null : `${subject.entity} ${subject.dynamicsId}`;
};

describe('a person who could be several leads', () => {
  let person: number;
  let leads: readonly [string, string];
  beforeEach(async () => {
    person = tagged('lead', 'pulled');
    const lead = (lastname: string) => engine.sales.create('lead', { lastname, emailaddress1: email });
    const older = lead('Lovelace');
    engine.clock.pass(60_000);
    leads = [older, lead('King')];
    await engine.run();
  });

  it('is asked about with what tells the candidates apart, from the person and from each row', () => {
    const asked = question(`person:${person}`);
    expect(asked).toMatchObject({
      question: 'several-matches',
      person: { name: 'Ada', email, phone: '0123' },
      creates: 'lead',
      chosen: null,
    });
    expect(asked.candidates).toMatchObject([
      { entity: 'lead', id: leads[0], name: 'Lovelace', state: 'Open' },
      { entity: 'lead', id: leads[1], name: 'King', state: 'Open' },
    ]);
    expect(question(`lead:${leads[1]}`)).toEqual(asked);
  });

  it('is linked with the chosen one by the next run, and nobody is created', async () => {
    choose(`person:${person}`, { entity: 'lead', id: leads[1] });
    expect(question(`person:${person}`).chosen).toBe(leads[1]);
    const run = await engine.run();
    expect([linkOf(person), engine.sales.count('lead')]).toEqual([`lead ${leads[1]}`, 2]);
    expect(run.counts.toDynamics).toEqual({ created: 0, updated: 1, linked: 1 });
    expect(engine.sales.row('lead', leads[1])?.columns).toMatchObject({ firstname: 'Ada', lastname: 'King', telephone1: '0123' });
    expect(engine.sales.row('lead', leads[0])?.columns.firstname ?? null).toBeNull();
    expect([heldReasons(), describeMatch(engine.store, engine.settings(), `person:${person}`)]).toEqual([['shared-email'], null]);
  });

  it('is created anew where it is none of them, and only once', async () => {
    choose(`person:${person}`, null);
    expect(question(`person:${person}`).chosen).toBe('nobody');
    await engine.run();
    await engine.run();
    expect(engine.sales.count('lead')).toBe(3);
    expect([linkOf(person) === null, leads.includes(linkOf(person)?.slice('lead '.length) ?? '')]).toEqual([false, false]);
    expect(heldReasons()).toEqual(['shared-email', 'shared-email']);
  });

  it('is asked about again where the chosen one was deleted meanwhile, though one is left', async () => {
    choose(`person:${person}`, { entity: 'lead', id: leads[1] });
    engine.sales.delete('lead', leads[1]);
    await engine.run();
    expect([linkOf(person), heldReasons()]).toEqual([null, ['several-matches', 'several-matches']]);
    choose(`person:${person}`, { entity: 'lead', id: leads[0] });
    await engine.run();
    expect([linkOf(person), heldReasons()]).toEqual([`lead ${leads[0]}`, []]);
  });

  it('is linked with the chosen one though its address was changed meanwhile, and nobody is created', async () => {
    choose(`person:${person}`, { entity: 'lead', id: leads[0] });
    engine.sales.edit('lead', leads[0], { emailaddress1: 'ada.new@example.com' });
    engine.sales.delete('lead', leads[1]);
    await engine.run();
    expect([linkOf(person), engine.sales.count('lead'), engine.office.people().length]).toEqual([`lead ${leads[0]}`, 1, 1]);
  });

  it('is asked about again where the chosen one was qualified meanwhile, and contacts do not sync', async () => {
    choose(`person:${person}`, { entity: 'lead', id: leads[0] });
    engine.configure(({ dataConfiguration, ...others }) => ({
      ...others,
      dataConfiguration: { ...dataConfiguration, contact: { ...dataConfiguration.contact, enabled: false } },
    }));
    engine.sales.qualify(leads[0]);
    await engine.run();
    expect([linkOf(person), heldReasons()]).toEqual([null, ['several-matches', 'several-matches']]);
  });

  it('is created once the rows have other addresses, and is asked about no more', async () => {
    engine.sales.edit('lead', leads[0], { emailaddress1: 'a@example.com' });
    engine.sales.edit('lead', leads[1], { emailaddress1: 'b@example.com' });
    await engine.run();
    expect([heldReasons(), linkOf(person) === null, engine.sales.count('lead')]).toEqual([[], false, 3]);
  });

  it.each([
    ['takes the tags away', () => untag('lead', 'pulled')],
    ['deletes the person', () => engine.office.delete(person)],
    ['gives the person another address', () => engine.office.edit(person, { email: 'other@example.com' })],
  ])('is what the rows wait for until somebody %s: then the older one comes in', async (_what, act) => {
    act();
    // That a person is gone shows at the daily check.
    for (let day = 0; day < 2; day += 1) {
      engine.clock.pass(86_400_000);
      await engine.run();
    }
    expect(heldReasons()).toEqual(['shared-email']);
    expect(engine.store.links.ofRecord('lead', dynamicsId(leads[0]))?.state).toBe('active');
  });

  it('is linked with what the chosen one was merged into meanwhile', async () => {
    choose(`person:${person}`, { entity: 'lead', id: leads[1] });
    engine.sales.merge('lead', leads[0], leads[1]);
    await engine.run();
    expect(linkOf(person)).toBe(`lead ${leads[0]}`);
  });

  it('is asked about again where another one came after "none of them"', async () => {
    choose(`person:${person}`, null);
    engine.sales.create('lead', { lastname: 'Byron', emailaddress1: email });
    await engine.run();
    expect([engine.sales.count('lead'), linkOf(person), question(`person:${person}`).candidates.length]).toEqual([3, null, 3]);
  });

  it('has no answer where the screen shows what is not so any more', async () => {
    const asked = question(`person:${person}`);
    const among = asked.candidates.map(({ id }) => id);
    const stale = (given: Partial<MatchAnswer>) => () => answer({ subject: asked.subject, row: null, among, ...given });
    expect(stale({ among: among.slice(1) })).toThrow('What there is to choose from has changed.');
    expect(stale({ row: { entity: 'contact', id: leads[0] } })).toThrow('What there is to choose from has changed.');
    engine.sales.delete('lead', leads[0]);
    await engine.run();
    expect(linkOf(person)).toBe(`lead ${leads[1]}`);
    expect(stale({})).toThrow('What there is to choose from has changed.');
  });

  it('keeps the answer while the service refuses the row', async () => {
    choose(`person:${person}`, null);
    engine.office.edit(person, { lastName: '' });
    engine.configure((settings) => ({
      ...settings,
      dataConfiguration: { ...settings.dataConfiguration, lead: { ...settings.dataConfiguration.lead, missingLastName: 'hold' } },
    }));
    await engine.run();
    expect([engine.sales.count('lead'), heldReasons().sort()]).toEqual([2, ['no-last-name', 'several-matches', 'several-matches']]);
    engine.office.edit(person, { lastName: 'Byron' });
    await engine.run();
    expect(engine.sales.count('lead')).toBe(3);
  });
});

describe('a contact from Dynamics whose person carries the tags of a lead', () => {
  let person: number;
  let contact: string;
  beforeEach(async () => {
    person = tagged('lead', 'pushed');
    contact = engine.sales.create('contact', { lastname: 'Lovelace', emailaddress1: email });
    engine.activeCampaign.requests.clear();
    await engine.run();
  });
  const writes = () =>
    engine.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

  it('is held on both sides, named in the log, and nothing is written', () => {
    expect([writes(), membership(engine, email), countWrongTags(engine.store)]).toEqual([
      [],
      [tagNames.lead, tagNames.pushed],
      { waiting: 1, repaired: 0 },
    ]);
    expect(engine.logged.filter(({ event }) => event === 'person.held')).toMatchObject([
      { person: { email, activeCampaignId: String(person) }, details: { reason: 'wrong-tags' } },
      { person: { email, dynamics: { entity: 'contact', id: contact } }, details: { reason: 'wrong-tags' } },
    ]);
  });

  it('is repaired at the next run once somebody says so: Lead goes by its link, Contact comes, and they are linked', async () => {
    expect(repairTags(answering(), engine.settings())).toBe(1);
    expect(countWrongTags(engine.store)).toEqual({ waiting: 0, repaired: 1 });
    const run = await engine.run();
    expect(membership(engine, email)).toEqual([tagNames.contact, tagNames.pushed]);
    expect([linkOf(person), heldReasons(), run.counts.toActiveCampaign.linked]).toEqual([`contact ${contact}`, [], 1]);
    expect(writes()).toEqual([
      expect.stringMatching(/^PUT \/api\/3\/contacts\/\d+$/),
      'POST /api/3/contactTags',
      expect.stringMatching(/^DELETE \/api\/3\/contactTags\/\d+$/),
    ]);
    expect(bodies(engine.activeCampaign.requests)).toContainEqual({ contact: { lastName: 'Lovelace' } });
    expect(repairTags(answering(), engine.settings())).toBe(0);
  });

  it('waits with the repair for Global Sync', async () => {
    repairTags(answering(), engine.settings());
    const globalSync = (on: boolean) =>
      engine.configure((settings) => ({ ...settings, syncSettings: { ...settings.syncSettings, globalSync: on } }));
    globalSync(false);
    await engine.run();
    expect([writes(), linkOf(person)]).toEqual([[], null]);
    globalSync(true);
    await engine.run();
    expect([membership(engine, email), linkOf(person)]).toEqual([[tagNames.contact, tagNames.pushed], `contact ${contact}`]);
  });

  it('needs no repair once the contact is gone, or the tag is changed by hand', async () => {
    engine.sales.delete('contact', contact);
    await engine.run();
    expect([heldReasons(), repairTags(answering(), engine.settings())]).toEqual([[], 0]);
    const other = engine.sales.create('contact', { lastname: 'Lovelace', emailaddress1: email });
    await engine.run();
    engine.office.removeTag(person, tagNames.lead);
    engine.office.addTag(person, tagNames.contact);
    await engine.run();
    expect([heldReasons(), linkOf(person)]).toEqual([[], `contact ${other}`]);
  });
});

it('a person who was a lead and whose lead became a contact follows without a question, though the memory was lost', async () => {
  const lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: email });
  await engine.run();
  const contact = engine.sales.qualify(lead);
  for (const link of engine.store.links.page(0, 10)) engine.store.links.remove(link.id);
  await engine.run();
  expect([heldReasons(), membership(engine, email)]).toEqual([[], [tagNames.contact, tagNames.pushed]]);
  expect(engine.store.links.page(0, 10).map(({ dynamicsId }) => dynamicsId)).toEqual([contact]);
});
