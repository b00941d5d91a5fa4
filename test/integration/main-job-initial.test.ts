import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonView } from '../../main/demo/activecampaign/office.ts';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import type { SampleRow } from '../../main/demo/data-set/types.ts';
import type { Run } from '../../main/store/runs.ts';
import { activeCampaignId } from '../../shared/ids.ts';
import { type EngineUnderTest, openEngine } from '../support/engine-under-test.ts';
import { type Agreed, type ExpectedPerson, expectInitialSync, type RowName } from '../support/expected-initial-sync.ts';

/** 2,000 leads, 1,500 contacts and 800 people, as `--demo` starts with them. */
const data = createDataSet(365);
const expected = expectInitialSync(data);

let engine: EngineUnderTest;
let run: Run;

beforeAll(async () => {
  engine = await openEngine({ data });
  run = await engine.run();
});
afterAll(() => engine.close());

describe('after the Initial Sync of the sample data', () => {
  it('both sides hold what they should, person by person', () => {
    expect(standings()).toEqual(Object.fromEntries(expected.people));
  });

  it('who does not sync is held, with the reason', () => {
    const problems = engine.store.problems.all(10_000);
    expect(Object.fromEntries(problems.map(({ subject, reason }) => [subject.replace(':', ' '), reason]))).toEqual(
      Object.fromEntries(expected.held),
    );
    const told = engine.logged.filter(({ event }) => event === 'person.held');
    expect(told.map(({ details }) => String(details?.reason)).toSorted()).toEqual([...expected.held.values()].toSorted());
  });

  it('nobody is there twice', () => {
    const emails = engine.office.people().map(({ email }) => email.toLowerCase());
    expect(emails.toSorted()).toEqual([...expected.people.values()].map(({ email }) => email).toSorted());
    const created = [...expected.people.values()].filter(({ row }) => row?.startsWith('a new '));
    expect(engine.sales.count('lead') + engine.sales.count('contact')).toBe(data.leads.length + data.contacts.length + created.length);
  });

  it('the run says how many', () => {
    const { counts, kind, outcome } = run;
    expect({ kind, outcome, held: counts.held, failed: counts.failed, conflicts: counts.conflicts }).toEqual({
      kind: 'initial',
      outcome: 'attention',
      held: expected.held.size,
      failed: 0,
      conflicts: 0,
    });
    expect(counts.toActiveCampaign).toMatchObject(expected.totals.toActiveCampaign);
    expect(counts.toDynamics).toMatchObject(expected.totals.toDynamics);
  });

  it('tags, lists and values that are not the business of the sync are as they were', () => {
    const others = (tags: readonly string[]) => tags.filter((tag) => !tag.startsWith('D365: ')).toSorted();
    const after = data.people.map(({ id }) => engine.office.person(Number(id)));
    expect(after.map((person) => person && { tags: others(person.tags), fields: person.fields })).toEqual(
      data.people.map(({ tags, fields }) => ({ tags: others(tags), fields })),
    );
  });
});

/** What the two services hold of everybody, in the words of the expectation. */
function standings(): Record<string, ExpectedPerson> {
  const before = new Set<string>([...data.leads, ...data.contacts].map(({ id }) => id));
  const known = new Set(data.people.map(({ id }) => id));
  const linkOf = new Map(engine.store.links.page(0, 10_000).map((link) => [link.personId, link]));
  return Object.fromEntries(
    engine.office.people().map((person) => {
      const id = activeCampaignId(person.id);
      const link = linkOf.get(id);
      const row = link === undefined ? null : engine.sales.row(link.entity, link.dynamicsId);
      const own = link === undefined || row === null ? undefined : { entity: link.entity, row };
      const key = known.has(id) ? id : person.email.toLowerCase();
      return [
        key,
        standing(person, own, own !== undefined && !before.has(own.row.id), expected.people.get(key)?.because ?? 'not expected'),
      ];
    }),
  );
}

function standing(
  person: PersonView,
  own: { readonly entity: 'lead' | 'contact'; readonly row: SampleRow } | undefined,
  isNew: boolean,
  because: string,
): ExpectedPerson {
  const columns = own?.row.columns ?? {};
  const both = (here: string, there: unknown): Agreed => {
    const dynamics = typeof there === 'string' ? there : '';
    return own === undefined || here === dynamics ? here : { activeCampaign: here, dynamics };
  };
  const name: RowName | null = own === undefined ? null : `${own.entity} ${own.row.id}`;
  return {
    because,
    email: person.email.toLowerCase(),
    tags: person.tags.filter((tag) => tag.startsWith('D365: ')).map((tag) => tag.slice('D365: '.length)),
    lists: person.lists,
    fields: {
      firstName: both(person.firstName, columns.firstname),
      lastName: both(person.lastName, columns.lastname),
      phone: both(person.phone, columns.telephone1),
    },
    noBulkEmail: own === undefined ? null : columns.donotbulkemail === true,
    row: own === undefined ? null : isNew ? `a new ${own.entity}` : name,
    topic: isNew && own?.entity === 'lead' ? String(columns.subject) : null,
  };
}
