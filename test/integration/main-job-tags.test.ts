import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { tagNames } from '../../shared/tags.ts';
import { membership } from '../support/both-sides.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';
import { textWith } from '../support/matching.ts';

/** What becomes of everybody when somebody tidies up the tags of the account. */

let engine: EngineUnderTest;
beforeEach(async () => {
  engine = await openEngine();
  engine.sales.create('lead', { lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
  engine.sales.create('lead', { lastname: 'Hopper', emailaddress1: 'grace@example.com' });
  await engine.run();
});
afterEach(() => engine.close());

const unlinked = () =>
  engine.logged
    .filter(({ event }) => event === 'person.unlinked')
    .map(({ person, details }) => [person?.email, details?.reason])
    .toSorted((one, other) => (String(one) < String(other) ? -1 : 1));

it('a tag that was deleted is made again; who has lost it is no longer synced, and stays', async () => {
  engine.office.deleteTag(tagNames.lead);
  const run = await engine.run();
  expect(run.outcome).toBe('ok');
  expect(engine.logged.find(({ event }) => event === 'tag.deleted')?.message).toEqual(textWith('has deleted the tag "D365: Lead"'));
  expect(unlinked()).toEqual([
    ['ada@example.com', 'tags-removed'],
    ['grace@example.com', 'tags-removed'],
  ]);
  const left = ['ada@example.com', 'grace@example.com'].map((email) => membership(engine, email));
  expect(left).toEqual([[tagNames.pushed], [tagNames.pushed]]);
});

it('who is given the new one goes on', async () => {
  engine.office.deleteTag(tagNames.lead);
  await engine.run();
  const ada = engine.office.personByEmail('ada@example.com')?.id ?? 0;
  engine.office.addTag(ada, tagNames.lead);
  await engine.run();
  engine.office.edit(ada, { phone: '2' });
  await engine.run();
  expect([...engine.sales.rows('lead')].map(({ columns }) => [columns.lastname, columns.telephone1 ?? null])).toEqual([
    ['Lovelace', '2'],
    ['Hopper', null],
  ]);
});

it('a tag that is deleted right before it is given makes nobody count as deleted', async () => {
  await engine.close();
  let armed = false;
  const deleting =
    (handler: SampleHandler): SampleHandler =>
    (request) => {
      if (armed && request.method === 'POST' && request.url.endsWith('/contactTags')) engine.office.deleteTag(tagNames.lead);
      return handler(request);
    };
  engine = await openEngine({ around: { activeCampaign: deleting } });
  const { id } = engine.office.create('bo@example.com', { lastName: 'Bo' });
  engine.sales.create('lead', { lastname: 'Bo', emailaddress1: 'bo@example.com' });
  armed = true;
  const run = await engine.run();
  armed = false;
  expect([run.outcome, engine.store.people.byId(activeCampaignId(id))?.gone]).toEqual(['attention', false]);
  await engine.run();
  expect(membership(engine, 'bo@example.com')).toEqual([tagNames.lead, tagNames.pushed]);
});
