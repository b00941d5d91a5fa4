import { afterEach, beforeEach, expect, it } from 'vitest';
import { tagNames } from '../../shared/tags.ts';
import { type FaultPlan, withFaults } from '../sample-services/faults.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';
import { impatientClock } from '../support/impatient-clock.ts';

/** The journal has every written value: run, rule, old, new, and what the service said of it. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine({ settings: listed });
  await engine.run();
});
afterEach(() => engine.close());

const listed: Parameters<EngineUnderTest['configure']>[0] = (settings) => ({
  ...settings,
  dataConfiguration: { ...settings.dataConfiguration, lead: { ...settings.dataConfiguration.lead, listId: '1' } },
});

const journalOf = (run: number) =>
  engine.store.journal.ofRun(run).map(({ service, field, oldValue, newValue, rule, answer }) => ({
    written: `${service} ${field}: ${oldValue} -> ${newValue} (${rule})`,
    answer,
  }));

it('tells what was written to Dynamics with the status, the row version and the id of the request', async () => {
  const { id } = engine.office.create('ada@example.com', { firstName: 'Ada', lastName: 'Lovelace' });
  for (const tag of [tagNames.lead, tagNames.pulled]) engine.office.addTag(id, tag);
  const { number } = await engine.run();
  const journal = journalOf(number);
  expect(journal.map(({ written }) => written)).toContain('dynamics firstname: null -> "Ada" (new-record)');
  for (const { answer } of journal) expect(answer).toMatch(/^Status 20[01], row version W\/"\d+", request [0-9a-f-]{36}$/);
});

it('tells what a new person was given, tags and list included, and how the person reads afterwards', async () => {
  engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  const { number } = await engine.run();
  const journal = journalOf(number);
  expect(journal.map(({ written }) => written).toSorted()).toEqual(
    [
      'activeCampaign email: null -> "ada@example.com" (new-record)',
      'activeCampaign firstName: null -> "Ada" (new-record)',
      'activeCampaign lastName: null -> "Lovelace" (new-record)',
      'activeCampaign list:1: null -> "subscribed" (takes-part)',
      `activeCampaign tags: null -> ["${tagNames.lead}","${tagNames.pushed}"] (takes-part)`,
    ].toSorted(),
  );
  for (const { answer } of journal) expect(answer).toMatch(/^Read back, changed at 20\d\d-[\dT:.-]+Z$/);
});

it('names the import that carried a write', async () => {
  for (let number = 1; number <= 10; number += 1) {
    engine.sales.create('lead', { lastname: `Number ${number}`, emailaddress1: `number${number}@example.com` });
  }
  const { number } = await engine.run();
  const answers = new Set(journalOf(number).map(({ answer }) => answer.replace(/changed at \S+,/, 'changed at …,')));
  expect([...answers]).toEqual([expect.stringMatching(/^Read back, changed at …, import [0-9a-f-]{36}$/)]);
});

it('says so where the answer never came and reading showed the write', async () => {
  await engine.close();
  let loses = false;
  const loseOne: FaultPlan = ({ method }) => {
    if (!loses || method !== 'POST') return null;
    loses = false;
    return { kind: 'lost', when: 'after' };
  };
  const clock = impatientClock();
  engine = await openEngine({ clock, around: { dynamics: (handler) => withFaults(handler, loseOne, clock) } });
  await engine.run();
  const row = engine.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  await engine.run();
  engine.office.edit(engine.office.personByEmail('ada@example.com')?.id ?? 0, { firstName: 'Augusta' });
  loses = true;
  const { number } = await engine.run();
  expect(engine.sales.row('lead', row)).toMatchObject({ columns: { firstname: 'Augusta' } });
  expect(journalOf(number)).toEqual([
    { written: 'dynamics firstname: "Ada" -> "Augusta" (changed-in-activecampaign)', answer: 'No answer came; reading shows it' },
  ]);
});
