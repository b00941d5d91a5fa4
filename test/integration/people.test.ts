import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPeople } from '../../main/application/people.ts';
import { decide, describePerson } from '../../main/application/person.ts';
import { listStrangers } from '../../main/application/strangers.ts';
import { findSubject, toDecideOn } from '../../main/application/subject.ts';
import { dismiss, tryAgain } from '../../main/sync/decide.ts';
import { releaseHeldPlan } from '../../main/sync/held-plan.ts';
import type { PeopleQuery, Side } from '../../shared/people.ts';
import { tagNames } from '../../shared/tags.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** Everybody who is linked or held, one by one and together, and what a person can answer. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const everybody: PeopleQuery = { text: '', who: 'all', after: null };
const list = (query: Partial<PeopleQuery> = {}) => listPeople(engine.store, engine.settings(), { ...everybody, ...query });
const person = (subject: string) => describePerson(engine.store, engine.settings(), subject);
const subjectOf = (email: string): string => {
  const [row] = list({ text: email }).rows;
  if (row === undefined) throw new Error(`nobody with ${email} is listed`);
  return row.subject;
};

describe('the list', () => {
  beforeEach(async () => {
    engine = await openEngine();
    engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'Ada@Example.com' });
    engine.sales.create('contact', { lastname: 'Nobody' });
    engine.sales.create('contact', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
    engine.sales.create('lead', { lastname: 'Twin', emailaddress1: 'grace@example.com' });
    engine.office.create('stranger@example.com', {});
    await engine.run();
  });

  it('holds who is linked or held, by e-mail, and no stranger', () => {
    expect(list().rows.map(({ email, name, entity, linked, problem }) => [email, name, entity, linked, problem?.message])).toEqual([
      [null, 'Nobody', 'contact', false, 'The contact has no e-mail address'],
      ['ada@example.com', 'Ada Lovelace', 'lead', true, undefined],
      ['grace@example.com', 'Hopper', 'contact', true, undefined],
      ['grace@example.com', 'Twin', 'lead', false, expect.stringContaining('Shares the e-mail address')],
    ]);
  });

  it('is searched by a part of the address, in any case', () => {
    expect(list({ text: ' ADA@ex' }).rows.map(({ name }) => name)).toEqual(['Ada Lovelace']);
  });

  it('is searched by a part of the name, also of those who are held', () => {
    expect(['lovel', 'ada lov', 'NOBO', 'twin'].map((text) => list({ text }).rows.map(({ name }) => name))).toEqual([
      ['Ada Lovelace'],
      ['Ada Lovelace'],
      ['Nobody'],
      ['Twin'],
    ]);
  });

  it('shows those who are held until they are dismissed', () => {
    const twin = list({ who: 'held' }).rows.find(({ name }) => name === 'Twin')?.subject ?? '';
    dismiss(engine.store, toDecideOn(findSubject(engine.store, twin)));
    const names = (who: PeopleQuery['who']) => list({ who }).rows.map(({ name }) => name);
    expect([names('held'), names('dismissed')]).toEqual([['Nobody'], ['Twin']]);
  });

  it('comes page by page, everybody once', async () => {
    for (let number = 100; number < 180; number += 1)
      engine.sales.create('lead', { lastname: 'Many', emailaddress1: `m${number}@example.com` });
    await engine.run();
    const first = list();
    const second = list({ after: first.next });
    const subjects = [...first.rows, ...second.rows].map(({ subject }) => subject);
    expect([subjects.length, new Set(subjects).size, second.next]).toEqual([84, 84, null]);
  });
});

describe('a person', () => {
  beforeEach(async () => {
    engine = await openEngine({
      settings: (before) => ({
        ...before,
        dataConfiguration: { ...before.dataConfiguration, lead: { ...before.dataConfiguration.lead, conflictWinner: 'ask' } },
      }),
    });
    engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    await engine.run();
  });

  const firstNames = (subject: string) => {
    const { activeCampaign, dynamics } = person(subject).fields.find(({ key }) => key === 'firstname=firstName') ?? {};
    return { activeCampaign: activeCampaign ?? null, dynamics: dynamics ?? null };
  };
  const decideFor = (winner: Side, subject: string, between = firstNames(subject)) =>
    decide(engine.store, engine.settings(), { subject, field: 'firstname=firstName', winner, between });
  const conflict = async (inDynamics: string | null = 'Byron') => {
    const { id } = engine.office.personByEmail('ada@example.com') ?? { id: 0 };
    engine.office.edit(id, { firstName: 'Augusta' });
    const subject = subjectOf('ada@example.com');
    engine.sales.edit('lead', subject.slice('lead:'.length), { firstname: inDynamics });
    await engine.run();
    return { id, subject };
  };

  it('is shown with both sides, tags and what was written', () => {
    expect(person(subjectOf('ada@example.com'))).toMatchObject({
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      linked: true,
      activeCampaign: { tags: [tagNames.lead, tagNames.pushed], optedOut: false, gone: false },
      dynamics: { entity: 'lead', optedOut: false, gone: false },
      fields: [
        { activeCampaignField: 'Email', activeCampaign: 'ada@example.com', dynamics: 'ada@example.com', differs: false },
        { activeCampaignField: 'First name', dynamicsColumn: 'First Name', activeCampaign: 'Ada', dynamics: 'Ada', differs: false },
        { activeCampaignField: 'Last name', activeCampaign: 'Lovelace', dynamics: 'Lovelace', differs: false },
        { activeCampaignField: 'Phone', activeCampaign: null, dynamics: null, differs: false },
      ],
      problems: [],
      history: [
        { run: 1, service: 'activeCampaign', field: 'Last name', old: null, new: 'Lovelace', rule: 'new-record' },
        { field: 'First name' },
        { field: 'Email' },
        { field: 'Tags', old: null, new: 'D365: Lead, D365: Pushed from Dynamics', rule: 'takes-part' },
      ],
    });
  });

  it.each([
    ['activeCampaign', 'Augusta'],
    ['dynamics', 'Byron'],
  ] as const)('decides a conflict for %s, and the next run follows', async (winner, name) => {
    const { id, subject } = await conflict();
    expect(person(subject).fields.find(({ conflict: open }) => open !== null)?.key).toBe('firstname=firstName');
    expect(list().rows[0]?.problem?.message).toMatch(/^First name: ActiveCampaign has "Augusta"/);
    expect(list().rows[0]?.problem?.message).toBe(person(subject).problems[0]?.message);
    expect(person(subject).problems[0]?.message).toMatch(/^First name: ActiveCampaign has "Augusta"/);
    decideFor(winner, subject);
    await engine.run();
    expect([
      engine.office.person(id)?.firstName,
      engine.sales.row('lead', subject.slice(5))?.columns.firstname,
      person(subject).problems,
      person(subject).history[0]?.rule,
    ]).toEqual([name, name, [], 'conflict-decided']);
  });

  it('is asked again where the value that lost was changed once more before the next run', async () => {
    const { id, subject } = await conflict();
    decideFor('activeCampaign', subject);
    engine.sales.edit('lead', subject.slice(5), { firstname: 'Annabella' });
    await engine.run();
    expect([engine.office.person(id)?.firstName, person(subject).problems.length]).toEqual(['Augusta', 1]);
  });

  describe('with a conflict that is decided', () => {
    const firstName = () => engine.office.personByEmail('ada@example.com')?.firstName;

    it('while a guard holds the plan, is written by the run after that plan', async () => {
      engine.configure((before) => ({ ...before, safety: { ...before.safety, maxUpdatesPercent: 0, minimumRecords: 1 } }));
      engine.sales.edit('lead', subjectOf('ada@example.com').slice(5), { telephone1: '+44 1' });
      const { subject } = await conflict();
      decideFor('dynamics', subject);
      expect(releaseHeldPlan(engine.store)).toBe(true);
      await engine.run();
      expect([engine.office.personByEmail('ada@example.com')?.phone, firstName()]).toEqual(['+44 1', 'Augusta']);
      await engine.run();
      expect(releaseHeldPlan(engine.store)).toBe(true);
      await engine.run();
      expect([firstName(), person(subject).problems]).toEqual(['Byron', []]);
    });

    it('is written though what else is held of the person is dismissed after that', async () => {
      engine.office.edit(engine.office.personByEmail('ada@example.com')?.id ?? 0, { phone: '1'.repeat(60) });
      const { subject } = await conflict();
      decideFor('dynamics', subject);
      dismiss(engine.store, toDecideOn(findSubject(engine.store, subject)));
      await engine.run();
      expect([firstName(), person(subject).problems.map(({ field, dismissed }) => [field, dismissed])]).toEqual([
        'Byron',
        [['telephone1=phone', true]],
      ]);
    });
  });

  it('is asked again where a value is another one than was shown', async () => {
    const { subject } = await conflict();
    const shown = firstNames(subject);
    engine.sales.edit('lead', subject.slice('lead:'.length), { firstname: 'Annabella' });
    await engine.run();
    expect(() => decideFor('activeCampaign', subject, shown)).toThrow('The values are not those any more that were shown.');
    decideFor('activeCampaign', subject);
    await engine.run();
    expect(firstNames(subject)).toEqual({ activeCampaign: 'Augusta', dynamics: 'Augusta' });
  });

  it('keeps what was decided for an empty value though the lead becomes a contact before the next run', async () => {
    const { id, subject } = await conflict(null);
    decideFor('dynamics', subject);
    const contact = engine.sales.qualify(subject.slice('lead:'.length));
    await engine.run();
    expect([engine.office.person(id)?.firstName, engine.sales.row('contact', contact)?.columns.firstname ?? null]).toEqual(['', null]);
  });

  it('forgets what was decided once nothing is left of the conflict: what is entered later is an edit of its own', async () => {
    const { id, subject } = await conflict();
    const inDynamics = (firstname: string) => engine.sales.edit('lead', subject.slice('lead:'.length), { firstname });
    decideFor('activeCampaign', subject);
    engine.office.edit(id, { firstName: 'Ada' });
    inDynamics('Ada');
    await engine.run();
    inDynamics('Byron');
    await engine.run();
    expect(firstNames(subject)).toEqual({ activeCampaign: 'Byron', dynamics: 'Byron' });
  });

  it('is asked again also where the value that lost has come back after another one', async () => {
    const { subject } = await conflict();
    const inDynamics = (firstname: string) => engine.sales.edit('lead', subject.slice('lead:'.length), { firstname });
    decideFor('activeCampaign', subject);
    inDynamics('Annabella');
    await engine.run();
    inDynamics('Byron');
    await engine.run();
    expect(firstNames(subject)).toEqual({ activeCampaign: 'Augusta', dynamics: 'Byron' });
    expect(person(subject).problems.map(({ field }) => field)).toEqual(['firstname=firstName']);
  });

  it('has no conflict to decide twice', async () => {
    const { subject } = await conflict();
    decideFor('dynamics', subject);
    expect(() => decideFor('activeCampaign', subject)).toThrow('This conflict is not open any more.');
  });
});

describe('somebody whom a service refuses', () => {
  let subject: string;
  beforeEach(async () => {
    engine = await openEngine({
      dynamics: { qualifiedLeadsReadOnly: true },
      settings: (before) => ({
        ...before,
        dataConfiguration: { ...before.dataConfiguration, contact: { ...before.dataConfiguration.contact, enabled: false } },
      }),
    });
    const lead = engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    await engine.run();
    engine.sales.qualify(lead);
    engine.office.edit(engine.office.personByEmail('ada@example.com')?.id ?? 0, { phone: '+44 1' });
    await engine.run();
    subject = subjectOf('ada@example.com');
  });
  const writes = () => engine.dynamics.requests.requests.filter(({ path }) => path.endsWith('$batch')).length;

  it('is tried again at every run, until that is dismissed, and then when somebody says so', async () => {
    const tries: number[] = [];
    const runAndCount = async () => {
      const before = writes();
      await engine.run();
      tries.push(writes() - before);
    };
    const known = () => toDecideOn(findSubject(engine.store, subject));
    await runAndCount();
    dismiss(engine.store, known());
    expect(person(subject)).toMatchObject({ triedAtNextRun: false, problems: [{ dismissed: true }] });
    await runAndCount();
    tryAgain(engine.store, known());
    expect(person(subject)).toMatchObject({ triedAtNextRun: true, problems: [{ dismissed: false }] });
    await runAndCount();
    expect(tries).toEqual([1, 0, 1]);
  });

  it('is not tried any more once dismissed, also where nothing links both sides yet', async () => {
    await engine.close();
    engine = await openEngine({
      around: {
        activeCampaign: (handler) => async (request) =>
          request.method === 'PUT'
            ? {
                status: 422,
                headers: { 'content-type': 'application/json' },
                body: '{"errors":[{"title":"Not this one","code":"invalid"}]}',
              }
            : handler(request),
      },
    });
    const { id } = engine.office.create('ada@example.com', { lastName: 'Lovelace' });
    for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
    engine.sales.create('lead', { lastname: 'Lovelace', telephone1: '+44 1', emailaddress1: 'ada@example.com' });
    await engine.run();
    const { subject: refused } = list({ who: 'held' }).rows[0] ?? { subject: '' };
    dismiss(engine.store, toDecideOn(findSubject(engine.store, refused)));
    engine.activeCampaign.requests.clear();
    await engine.run();
    expect(engine.activeCampaign.requests.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('gets what waits for Global Sync though the refusal was dismissed meanwhile', async () => {
    const globalSync = (on: boolean) =>
      engine.configure((before) => ({ ...before, syncSettings: { ...before.syncSettings, globalSync: on } }));
    const lead = engine.sales.create('lead', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
    await engine.run();
    globalSync(false);
    engine.sales.edit('lead', lead, { firstname: 'Grace' });
    engine.sales.qualify(lead);
    engine.office.edit(engine.office.personByEmail('grace@example.com')?.id ?? 0, { phone: '+1 1' });
    await engine.run();
    const refused = subjectOf('grace@example.com');
    dismiss(engine.store, toDecideOn(findSubject(engine.store, refused)));
    expect(person(refused)).toMatchObject({ triedAtNextRun: false, problems: [{ dismissed: true }] });
    globalSync(true);
    await engine.run();
    expect(engine.office.personByEmail('grace@example.com')?.firstName).toBe('Grace');
  });
});

describe('somebody whose refusal is dismissed beside a run', () => {
  let subject: string;
  let refuses: boolean;
  let isDown: boolean;
  let whileReading: () => void;
  const writesToPerson = () => engine.activeCampaign.requests.requests.filter(({ method }) => method === 'PUT').length;
  const dismissed = () => dismiss(engine.store, toDecideOn(findSubject(engine.store, subject)));
  /** What a run tries, tells and counts, and whether what is left is dismissed. */
  const runAndLook = async () => {
    const before = writesToPerson();
    const { counts } = await engine.run();
    const told = engine.logged.filter(({ event }) => event === 'person.held').length;
    return { tried: writesToPerson() - before, told, counted: counts.failed, left: person(subject).problems.map((left) => left.dismissed) };
  };
  const again = { tried: 1, told: 1, counted: 1, left: [false] };
  const leftAlone = { tried: 0, told: 0, counted: 0, left: [true] };
  const editLead = (columns: Record<string, string>) => engine.sales.edit('lead', subject.slice('lead:'.length), columns);

  beforeEach(async () => {
    refuses = false;
    isDown = false;
    whileReading = () => undefined;
    const answer = (status: number, body: unknown) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    engine = await openEngine({
      around: {
        activeCampaign: (handler) => async (request) => {
          if (request.method === 'PUT' && refuses) return answer(422, { errors: [{ title: 'Not this one', code: 'invalid' }] });
          if (request.method === 'GET' && request.url.includes('/contacts?')) {
            whileReading();
            if (isDown) return answer(503, {});
          }
          return handler(request);
        },
      },
    });
    engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    await engine.run();
    subject = subjectOf('ada@example.com');
    refuses = true;
    editLead({ telephone1: '+44 1' });
    expect(await runAndLook()).toEqual(again);
  });

  it('stays dismissed where the run is reading, and is not tried', async () => {
    whileReading = dismissed;
    expect([await runAndLook(), await runAndLook()]).toEqual([leftAlone, leftAlone]);
  });

  it('stays dismissed where the run before has failed while it was reading', async () => {
    isDown = true;
    expect((await engine.run()).outcome).toBe('failed');
    isDown = false;
    dismissed();
    expect([await runAndLook(), await runAndLook()]).toEqual([leftAlone, leftAlone]);
  });

  it('is tried all the same for an edit that the run reads, or a later one, and is over once it is written', async () => {
    editLead({ telephone1: '+44 2' });
    whileReading = dismissed;
    const read = await runAndLook();
    whileReading = () => undefined;
    dismissed();
    editLead({ telephone1: '+44 3' });
    const later = await runAndLook();
    dismissed();
    refuses = false;
    const untouched = await runAndLook();
    editLead({ telephone1: '+44 4' });
    expect([read, later, untouched, await runAndLook()]).toEqual([again, again, leftAlone, { tried: 1, told: 0, counted: 0, left: [] }]);
    expect(engine.office.personByEmail('ada@example.com')?.phone).toBe('+44 4');
  });

  it('is tried all the same by a run that is the first one under other settings', async () => {
    engine.configureLead(() => ({ conflictWinner: 'ask' }));
    whileReading = dismissed;
    expect(await runAndLook()).toEqual(again);
  });
});

describe('who is in no list', () => {
  beforeEach(async () => {
    engine = await openEngine({
      settings: (before) => ({
        ...before,
        dataConfiguration: {
          ...before.dataConfiguration,
          contact: {
            ...before.dataConfiguration.contact,
            criteria: { match: 'conditions', join: 'and', conditions: [{ field: 'lastname', operator: 'equals', value: 'Hopper' }] },
          },
        },
      }),
    });
    engine.sales.create('contact', { lastname: 'Somerville', emailaddress1: 'mary@example.com' });
    engine.office.create('stranger@example.com', { firstName: 'Åsa' });
    await engine.run();
  });

  const reasons = (email: string) =>
    listStrangers(engine.store, engine.settings(), email).flatMap(({ subject }) => person(subject).whyNot.map(({ message }) => message));

  it('is found by the whole address, with what stands against it', () => {
    expect([reasons('Mary@example.com'), reasons('stranger@example.com'), reasons('nobody@example.com')]).toEqual([
      ['The contact does not meet who is to be synced.'],
      ['The person carries none of the D365 tags.'],
      [],
    ]);
  });

  it('has a reason less with each that is put right', async () => {
    const { id } = engine.office.personByEmail('stranger@example.com') ?? { id: 0 };
    engine.office.addTag(id, tagNames.lead);
    await engine.run();
    expect(reasons('stranger@example.com')).toEqual(['The person carries only one half of a pair of D365 tags.']);
    engine.office.addTag(id, tagNames.pulled);
    await engine.run();
    expect([reasons('stranger@example.com'), list({ text: 'åsa' }).rows.map(({ linked }) => linked)]).toEqual([[], [true]]);
  });
});
