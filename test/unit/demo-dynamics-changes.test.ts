import { describe, expect, it } from 'vitest';
import { id, sampleLead, type TestEnvironment, testEnvironment, textLike, textWith } from './demo-dynamics-environment.ts';

const track = { prefer: 'odata.track-changes' };
const daysMs = (days: number) => days * 86_400_000;
const leads = [1, 2, 3, 4, 5].map((number) => sampleLead(number));

/** Reads to the last page. */
async function readAll({ get }: TestEnvironment, link: string, headers: Record<string, string> = track) {
  const pages: { size: number; nextLink: boolean; deltaLink: boolean }[] = [];
  const value: Record<string, unknown>[] = [];
  let next: string | undefined = link;
  let deltaLink = '';
  while (next !== undefined) {
    const page = (await get(next, headers)).page();
    value.push(...page.value);
    next = page['@odata.nextLink'];
    deltaLink = page['@odata.deltaLink'] ?? '';
    pages.push({ size: page.value.length, nextLink: next !== undefined, deltaLink: deltaLink !== '' });
  }
  return { pages, value, deltaLink };
}

const summary = (value: readonly Record<string, unknown>[]) =>
  value.map((entry) => (entry.reason === 'deleted' ? `deleted ${String(entry.id).slice(-1)}` : String(entry.lastname)));

describe('the first answer of change tracking', () => {
  it('gives every row, a next link on all pages but the last, and the delta link on the last only', async () => {
    const { pages, value } = await readAll(testEnvironment({ leads }), 'leads?$select=lastname', {
      prefer: 'odata.track-changes,odata.maxpagesize=2',
    });
    expect([pages, value.length]).toEqual([
      [
        { size: 2, nextLink: true, deltaLink: false },
        { size: 2, nextLink: true, deltaLink: false },
        { size: 1, nextLink: false, deltaLink: true },
      ],
      5,
    ]);
  });

  it('says that the preference was applied, and names the row version and the time in the token', async () => {
    const { get } = testEnvironment({ leads });
    const answer = await get('leads?$select=lastname', track);
    expect([answer.headers['preference-applied'], answer.page()['@odata.deltaLink']]).toEqual([
      'odata.track-changes',
      textLike(/leads\?\$select=lastname&\$deltatoken=\d+%2106%2f10%2f2026%2012%3a00%3a00$/),
    ]);
  });

  it.each(['$filter', '$orderby', '$expand', '$top'])('is refused together with %s', async (option) => {
    const { get } = testEnvironment({ leads });
    const answer = await get(`leads?$select=lastname&${option}=lastname`, track);
    expect([answer.status, answer.error().message]).toEqual([
      400,
      `The "${option}" query parameter isn't supported when Change Tracking is enabled.`,
    ]);
  });

  it('loses its delta link where annotations are asked for', async () => {
    const { get } = testEnvironment({ leads });
    const answer = await get('leads?$select=lastname', { prefer: 'odata.track-changes,odata.include-annotations="*"' });
    expect(answer.page()['@odata.deltaLink']).toBeUndefined();
  });

  it('is refused where tracking is off, and without organisation-level read', async () => {
    const off = await testEnvironment({ variant: { contactChangeTracking: false } }).get('contacts', track);
    const noRight = await testEnvironment({ variant: { organizationLevelRead: false } }).get('leads', track);
    expect([off.status, off.error().code, noRight.status, noRight.error()]).toEqual([
      400,
      '0x80072491',
      403,
      { code: '0x80040220', message: textWith('prvReadLead') },
    ]);
  });
});

describe('a delta', () => {
  it('is empty where nothing changed, and still gives a fresh link', async () => {
    const environment = testEnvironment({ leads });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    const { value, deltaLink: fresh } = await readAll(environment, deltaLink, {});
    expect([value, fresh]).toEqual([[], textWith('$deltatoken=')]);
  });

  it('gives changed rows in the order of their versions, once each, and then what was deleted', async () => {
    const environment = testEnvironment({ leads });
    const { salesPeople } = environment.dynamics;
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    salesPeople.delete('lead', id(2));
    salesPeople.edit('lead', id(5), { lastname: 'Five' });
    salesPeople.create('lead', { lastname: 'Six' });
    salesPeople.edit('lead', id(1), { lastname: 'One' });
    salesPeople.edit('lead', id(5), { jobtitle: 'Again' });
    const passing = salesPeople.create('lead', { lastname: 'Made and deleted in between' });
    salesPeople.delete('lead', passing);

    const { value, deltaLink: fresh } = await readAll(environment, deltaLink, {});
    expect(summary(value)).toEqual(['Six', 'One', 'Five', 'deleted 2', `deleted ${passing.slice(-1)}`]);
    expect(value[3]).toEqual({ '@odata.context': textLike(/#leads\/\$deletedEntity$/), id: id(2), reason: 'deleted' });
    expect((await readAll(environment, fresh, {})).value).toEqual([]);
  });

  it('gives a row that was deleted and made again as changed, and one that was deleted twice once', async () => {
    const environment = testEnvironment({ leads });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    for (const number of [1, 2]) {
      environment.dynamics.salesPeople.delete('lead', id(number));
      await environment.send('PATCH', `leads(${id(number)})`, { body: { lastname: `Risen ${number}` } });
    }
    environment.dynamics.salesPeople.delete('lead', id(2));
    expect(summary((await readAll(environment, deltaLink, {})).value)).toEqual(['Risen 1', 'deleted 2']);
  });

  it('goes over pages without losing what changes meanwhile', async () => {
    const environment = testEnvironment({ leads });
    const { salesPeople } = environment.dynamics;
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    for (const number of [1, 2, 3]) salesPeople.edit('lead', id(number), { lastname: `Edited ${number}` });
    salesPeople.delete('lead', id(4));
    salesPeople.delete('lead', id(5));

    const small = { prefer: 'odata.maxpagesize=2' };
    const first = (await environment.get(deltaLink, small)).page();
    salesPeople.edit('lead', id(1), { lastname: 'Edited 1 again' });
    const rest = await readAll(environment, first['@odata.nextLink'] ?? '', small);
    const later = await readAll(environment, rest.deltaLink, small);
    expect(summary([...first.value, ...rest.value, ...later.value])).toEqual([
      'Edited 1',
      'Edited 2',
      'Edited 3',
      'Edited 1 again',
      'deleted 4',
      'deleted 5',
    ]);
  });

  it('counts what changed', async () => {
    const environment = testEnvironment({ leads });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    environment.dynamics.salesPeople.edit('lead', id(1), { lastname: 'One' });
    environment.dynamics.salesPeople.delete('lead', id(2));
    const token = deltaLink.split('$deltatoken=')[1] ?? '';
    expect((await environment.get(`leads/$count?$deltatoken=${token}`)).body).toBe('2');
  });

  it('says nothing of a change set that was taken back', async () => {
    const environment = testEnvironment({ leads });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    await environment.send('POST', 'leads/Microsoft.Dynamics.CRM.UpdateMultiple', {
      body: {
        Targets: [
          { '@odata.type': 'Microsoft.Dynamics.CRM.lead', leadid: id(1), lastname: 'One' },
          { '@odata.type': 'Microsoft.Dynamics.CRM.lead', leadid: id(9), lastname: 'Nobody' },
        ],
      },
    });
    expect((await readAll(environment, deltaLink, {})).value).toEqual([]);
  });
});

describe('edits during the first load', () => {
  it.each([
    { firstLoadMissesEdits: true, expected: [] },
    { firstLoadMissesEdits: false, expected: ['Edited behind the reader'] },
  ])(
    'are in the next delta unless the token bears the time of the last page ($firstLoadMissesEdits)',
    async ({ firstLoadMissesEdits, expected }) => {
      const environment = testEnvironment({ leads, variant: { firstLoadMissesEdits } });
      const small = { prefer: 'odata.track-changes,odata.maxpagesize=3' };
      const first = (await environment.get('leads?$select=lastname', small)).page();
      environment.dynamics.salesPeople.edit('lead', id(1), { lastname: 'Edited behind the reader' });
      const { deltaLink } = await readAll(environment, first['@odata.nextLink'] ?? '', small);
      expect(summary((await readAll(environment, deltaLink, {})).value)).toEqual(expected);
    },
  );
});

describe('a delta token expires', () => {
  const message = 'Version stamp associated with the client has expired. Please perform a full sync.';

  it.each([400, 410] as const)('after the days that the organisation keeps changes (status %i)', async (expiredTokenStatus) => {
    const environment = testEnvironment({ leads, variant: { expiredTokenStatus } });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    environment.clock.time += daysMs(7);
    const inTime = await environment.get(deltaLink);
    environment.clock.time += 1_000;
    const late = await environment.get(deltaLink);
    expect([inTime.status, late.status, late.error()]).toEqual([200, expiredTokenStatus, { code: '0x80044352', message }]);
  });

  it('when the table is changed, but not for tokens that are made later', async () => {
    const environment = testEnvironment({ leads });
    const { deltaLink } = await readAll(environment, 'leads?$select=lastname');
    environment.dynamics.expireChangeTracking('lead');
    const { deltaLink: later } = await readAll(environment, 'leads?$select=lastname');
    expect([(await environment.get(deltaLink)).error().code, (await environment.get(later)).status]).toEqual(['0x80044352', 200]);
  });
});
