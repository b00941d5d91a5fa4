import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeHeldPlan, dropPlanOf, releasePlanOf } from '../../main/application/held-plan.ts';
import { dropHeldPlan } from '../../main/sync/held-plan.ts';
import { committedCursors } from '../../main/sync/plan/commit.ts';
import type { Cursors } from '../../main/sync/read/cursors.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';

/** A plan that a guard holds, as a person looks at it and answers. */

let engine: EngineUnderTest;
const names = ['ada', 'grace', 'mary'];
let leads: readonly string[];
/** Up to where the run before the held one had read. */
let readBefore: Cursors;
/** What happens right before Dynamics answers. */
let meanwhile = () => {};

beforeEach(async () => {
  meanwhile = () => {};
  engine = await openEngine({
    around: {
      dynamics: (handle) => (request) => {
        meanwhile();
        return handle(request);
      },
    },
    settings: (before) => ({ ...before, safety: { ...before.safety, minimumRecords: 2, maxBlankedPercent: 50 } }),
  });
  leads = names.map((name) => engine.sales.create('lead', { firstname: name, lastname: 'Example', emailaddress1: `${name}@example.com` }));
  await engine.run();
  readBefore = committedCursors(engine.store);
  for (const id of leads.slice(0, 2)) engine.sales.edit('lead', id, { firstname: null });
  engine.sales.create('lead', { lastname: 'New', emailaddress1: 'new@example.com' });
  const held = await engine.run();
  expect(held.outcome).toBe('held');
});
afterEach(() => engine.close());

const look = () => describeHeldPlan(engine.store, engine.settings());

it('is told in counts and lines, those that the limit is about first', async () => {
  const plan = await look();
  expect(plan?.effects).toEqual({
    createdInActiveCampaign: 1,
    createdInDynamics: 0,
    updatedInActiveCampaign: 2,
    updatedInDynamics: 0,
    optedOut: 0,
    emptied: 2,
    unlinked: 0,
  });
  const emptied = (name: string) => ({
    email: `${name}@example.com`,
    entity: 'lead',
    service: 'activeCampaign',
    effect: 'updatedInActiveCampaign',
    field: 'First name',
    old: name,
    new: null,
    because: 'changed-in-dynamics',
  });
  const created = { ...emptied('new'), effect: 'createdInActiveCampaign', old: null, because: 'new-record' };
  expect(plan?.lines.slice(0, 2)).toEqual(expect.arrayContaining([emptied('ada'), emptied('grace')]));
  expect(plan?.lines.slice(2)).toEqual([
    { ...created, field: 'Email', new: 'new@example.com' },
    { ...created, field: 'Last name', new: 'New' },
    { ...created, field: 'Tags', new: 'D365: Lead, D365: Pushed from Dynamics', because: 'takes-part' },
  ]);
  expect(plan).toMatchObject({ run: 2, released: false, further: 0 });
});

it('keeps every later run from writing, and from asking anything, until somebody answers', async () => {
  engine.activeCampaign.requests.clear();
  const later = [await engine.run(), await engine.run()];
  expect([later.map(({ outcome }) => outcome), engine.office.personByEmail('ada@example.com')?.firstName]).toEqual([
    ['held', 'held'],
    'ada',
  ]);
  expect([engine.activeCampaign.requests.requests, (await look())?.run]).toEqual([[], 2]);
});

it('is carried out by the next run once it is let go', async () => {
  releasePlanOf(engine.store, 2);
  expect(await look()).toMatchObject({ released: true });
  await engine.run();
  expect([engine.office.personByEmail('ada@example.com')?.firstName, await look()]).toEqual(['', null]);
});

it('moves the cursors when it is carried out, not before', async () => {
  expect(committedCursors(engine.store)).toEqual(readBefore);
  releasePlanOf(engine.store, 2);
  await engine.run();
  expect(committedCursors(engine.store)).not.toEqual(readBefore);
});

it('moves no cursor where it is dropped while the run that carries it out asks the services', async () => {
  releasePlanOf(engine.store, 2);
  meanwhile = () => void dropHeldPlan(engine.store);
  const run = await engine.run();
  expect([run.outcome, committedCursors(engine.store)]).toEqual(['held', readBefore]);
});

it('is planned anew once it is dropped, on what both sides hold then', async () => {
  dropPlanOf(engine.store, 2, false);
  expect(await look()).toBeNull();
  for (const [index, id] of leads.slice(0, 2).entries()) engine.sales.edit('lead', id, { firstname: names[index] ?? null });
  const run = await engine.run();
  expect([run.outcome, engine.office.personByEmail('ada@example.com')?.firstName]).toEqual(['ok', 'ada']);
});

it('takes no answer that was meant for another plan', () => {
  expect(() => releasePlanOf(engine.store, 1)).toThrow('The plan of run 1 is not held any more.');
});
