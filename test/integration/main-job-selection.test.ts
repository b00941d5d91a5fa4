import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../main/store/runs.ts';
import { dropHeldPlan, releaseHeldPlan } from '../../main/sync/held-plan.ts';
import type { Mapping } from '../../shared/settings.ts';
import { rowByEmail } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** What is read of both sides follows the mapping. A mapping that is changed back must not take what was not read meanwhile for empty. */

let engine: EngineUnderTest;
let lead: string;
/** Contacts are read last of all. */
let contactsFail = false;
beforeEach(async () => {
  contactsFail = false;
  engine = await openEngine({
    around: {
      dynamics: (handler) => async (request) =>
        contactsFail && request.url.includes('/contacts?')
          ? { status: 200, headers: {}, body: '<title>Sign in</title>' }
          : handler(request),
    },
  });
  map(company());
  lead = engine.sales.create('lead', { lastname: 'Lovelace', companyname: 'Engines Ltd', jobtitle: 'Countess', emailaddress1: email });
  await engine.run();
  // What the first run wrote is read once more by the second, and not again after that.
  await engine.run();
});
afterEach(() => engine.close());

const email = 'ada@example.com';
const field = (title: string) => `field:${engine.office.fieldId(title)}`;
const company = (): Mapping => ({ dynamics: 'companyname', activeCampaign: field('Company'), direction: 'both' });
const jobTitle = (): Mapping => ({ dynamics: 'jobtitle', activeCampaign: field('Job title'), direction: 'both' });
const lastName: Mapping = { dynamics: 'lastname', activeCampaign: 'lastName', direction: 'both' };
const map = (mapping: Mapping) => engine.configureLead(() => ({ mappings: [lastName, mapping] }));
const mostUpdates = (percent: number) =>
  engine.configure((before) => ({
    ...before,
    safety: { ...before.safety, maxUpdatesPercent: percent, maxBlankedPercent: 100, minimumRecords: 1 },
  }));
const person = () => engine.office.personByEmail(email);
const companies = () => [rowByEmail(engine, 'lead', email)?.companyname, person()?.fields.Company];
/** What was written to the companies since they came in, also where it was taken back. */
const written = (last: Run) =>
  Array.from({ length: last.number - 1 }, (_, index) => engine.store.journal.ofRun(index + 2))
    .flat()
    .filter(({ field: name }) => name === 'companyname' || name === field('Company'));

/** A run with another mapping is held. */
async function holdAnother(): Promise<void> {
  map(jobTitle());
  mostUpdates(0);
  expect((await engine.run()).outcome).toBe('held');
}

function changeBack(edit: () => void): Promise<Run> {
  map(company());
  mostUpdates(100);
  edit();
  return engine.run();
}

const otherEdits: readonly [string, () => void][] = [
  ['in Dynamics', () => engine.sales.edit('lead', lead, { lastname: 'King' })],
  ['in ActiveCampaign', () => engine.office.edit(person()?.id ?? 0, { lastName: 'King' })],
];

describe.each(otherEdits)('a mapping that is changed and changed back, with another field edited %s', (_where, edit) => {
  it('empties nothing after the plan between was held and dropped', async () => {
    await holdAnother();
    dropHeldPlan(engine.store);
    const last = await changeBack(edit);
    expect([written(last), companies(), person()?.lastName]).toEqual([[], ['Engines Ltd', 'Engines Ltd'], 'King']);
  });

  it('empties nothing after the plan between was held and released, and is planned anew under the mapping of now', async () => {
    await holdAnother();
    releaseHeldPlan(engine.store);
    const last = await changeBack(edit);
    expect([written(last), companies(), person()?.lastName, person()?.fields['Job title']]).toEqual([
      [],
      ['Engines Ltd', 'Engines Ltd'],
      'King',
      undefined,
    ]);
  });

  it('empties nothing after the run between failed while it read', async () => {
    map(jobTitle());
    contactsFail = true;
    expect((await engine.run()).outcome).toBe('failed');
    contactsFail = false;
    const last = await changeBack(edit);
    expect([written(last), companies(), person()?.lastName]).toEqual([[], ['Engines Ltd', 'Engines Ltd'], 'King']);
  });
});
