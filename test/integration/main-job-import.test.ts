import { afterEach, describe, expect, it, test } from 'vitest';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { type EngineUnderTest, type EngineUnderTestOptions, openEngine } from '../support/engine-under-test.ts';

/** What becomes of people in a bulk import, however it ends. */

let engine: EngineUnderTest;
afterEach(() => engine.close());

const emailOf = (number: number) => `${String(number).padStart(2, '0')}@example.com`;
const everybody = Array.from({ length: 20 }, (_, number) => emailOf(number));

/** Twenty leads that ActiveCampaign does not know. */
async function twentyLeads(options: EngineUnderTestOptions = {}): Promise<void> {
  engine = await openEngine({ importDelayMs: 3_000, ...options });
  for (const [number, emailaddress1] of everybody.entries()) engine.sales.create('lead', { emailaddress1, lastname: `Nr ${number}` });
}

const arrived = () =>
  engine.office
    .people()
    .map(({ email }) => email)
    .toSorted();
/** How many people each import was sent with, and how many were written alone. */
const sent = () => {
  const requests = engine.activeCampaign.requests.requests;
  const imports = requests.filter(({ path }) => path.endsWith('/bulk_import'));
  return {
    imports: imports.map(({ body = '' }) => body.split('"email":').length - 1),
    alone: requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/contact/sync')).length,
  };
};
const held = () => engine.store.problems.all(50).map(({ email, reason, message }) => `${email} ${reason}: ${message}`);

const isImport = ({ url }: Parameters<SampleHandler>[0]) => url.endsWith('/bulk_import');
const isQuestion = ({ url }: Parameters<SampleHandler>[0]) => url.includes('/import/info');
const json = (status: number, body: unknown) => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
/** Answers some requests in the place of the account. */
const answering = (
  answer: (request: Parameters<SampleHandler>[0]) => Awaited<ReturnType<SampleHandler>> | null,
): EngineUnderTestOptions['around'] & object => ({
  activeCampaign: (handler) => async (request) => answer(request) ?? (await handler(request)),
});

describe('an import that', () => {
  test.each([
    ['failed', [20, 20]],
    ['interrupted', [20, 10]],
  ] as const)('ends as %s is sent once more with whoever has not arrived', async (fate, imports) => {
    await twentyLeads();
    engine.office.endNextImportWith(fate);
    const run = await engine.run();
    expect([run.outcome, arrived(), sent()]).toEqual(['ok', everybody, { imports, alone: 0 }]);
  });

  it('fails has written nothing: a value that is empty still was not refused, and an edit meanwhile is no edit of what was written', async () => {
    let atImport = () => {};
    await twentyLeads({
      around: answering((request) => {
        if (isImport(request)) atImport();
        return null;
      }),
    });
    await engine.run();
    const leads = [...engine.sales.rows('lead')].map(({ id }) => id);
    for (const id of leads) engine.sales.edit('lead', id, { firstname: 'From Dynamics' });
    const [first = ''] = everybody;
    atImport = () => {
      atImport = () => {};
      engine.office.endNextImportWith('failed');
      engine.office.edit(engine.office.personByEmail(first)?.id ?? 0, { firstName: 'By hand' });
    };
    const run = await engine.run();
    const names = everybody.map((email) => engine.office.personByEmail(email)?.firstName);
    expect([run.outcome, held(), names]).toEqual(['ok', [], everybody.map(() => 'From Dynamics')]);
    expect(engine.store.journal.ofRun(run.number).filter(({ email }) => email === first)).toMatchObject([
      { field: 'firstName', oldValue: '"By hand"', newValue: '"From Dynamics"', rule: 'conflict-dynamics-wins' },
    ]);
  });

  it('fails once more leaves its people to be written alone', async () => {
    await twentyLeads({
      around: answering((request) => {
        if (isImport(request)) engine.office.endNextImportWith('failed');
        return null;
      }),
    });
    const run = await engine.run();
    expect([run.outcome, arrived(), sent()]).toEqual(['ok', everybody, { imports: [20, 20], alone: 20 }]);
  });

  test.each([
    ['says nothing of', json(200, { status: false, success: [], failure: [] })],
    ['no longer finds', json(404, { message: 'No Result found for Import with id 1' })],
  ])('the service %s is waited for two minutes, then its people are sent once more', async (_, answer) => {
    let lost = 0;
    await twentyLeads({
      around: answering((request) => {
        if (isImport(request)) {
          lost += 1;
          return lost === 1 ? json(200, { success: 1, queued_contacts: 20, batchId: 'lost', message: 'Contact import queued' }) : null;
        }
        return isQuestion(request) && request.url.includes('lost') ? answer : null;
      }),
    });
    const before = engine.clock.monotonic();
    const run = await engine.run();
    const minutes = (engine.clock.monotonic() - before) / 60_000;
    expect([run.outcome, arrived(), sent(), minutes > 2 && minutes < 6]).toEqual(['ok', everybody, { imports: [20, 20], alone: 0 }, true]);
  });

  it('is not over when the run’s patience is goes on under its number, and is followed by the next run', async () => {
    await twentyLeads({ importDelayMs: 40 * 60_000 });
    await engine.run();
    const waiting = engine.store.outbox.countPending();
    const run = await engine.run();
    expect([waiting, run.outcome, arrived(), sent()]).toEqual([20, 'ok', everybody, { imports: [20], alone: 0 }]);
  });
});

describe('a person whom an import', () => {
  it('refuses by index is held with the reason, and the others are sent again without them', async () => {
    await twentyLeads({
      around: answering((request) => {
        if (!isImport(request) || request.body?.includes(emailOf(3)) !== true) return null;
        const contact = (request.body.split(emailOf(3))[0] ?? '').split('"email":').length - 1;
        return json(400, {
          success: 0,
          message: 'Contact validation failed.',
          failureReasons: [{ contact, failureReason: 'Not a mailbox.' }],
        });
      }),
    });
    const run = await engine.run();
    expect([run.outcome, arrived(), sent(), held()]).toEqual([
      'attention',
      everybody.filter((email) => email !== emailOf(3)),
      { imports: [20, 19], alone: 0 },
      [`${emailOf(3)} refused-by-service: ActiveCampaign refused ${emailOf(3)}: Not a mailbox.`],
    ]);
  });

  it('makes unacceptable without being named is found by halves and written alone', async () => {
    await twentyLeads({
      around: answering((request) =>
        isImport(request) && request.body?.includes(emailOf(3)) === true
          ? json(400, { success: 0, message: 'The payload cannot be taken.', failureReasons: [] })
          : null,
      ),
    });
    const run = await engine.run();
    const { imports, alone } = sent();
    expect([run.outcome, arrived(), alone, imports.slice(0, 2), imports.length < 13]).toEqual(['ok', everybody, 1, [20, 10], true]);
  });

  it('leaves out since the address is excluded is named with the reason', async () => {
    await twentyLeads();
    engine.office.exclude(emailOf(3));
    await engine.run();
    const why = 'the import left the address out (it is on an exclusion list, or it has bounced)';
    expect(held()).toEqual([`${emailOf(3)} excluded: ActiveCampaign refused ${emailOf(3)}: ${why}`]);
  });

  it('leaves out since the address has bounced is written by id where the person is known', async () => {
    await twentyLeads();
    const { id } = engine.office.create(emailOf(3), { lastName: 'Nr 3' });
    engine.office.bounce(id, 'hard');
    const run = await engine.run();
    expect([run.outcome, arrived(), engine.office.person(id)?.tags.toSorted(), sent()]).toEqual([
      'ok',
      everybody,
      ['D365: Lead', 'D365: Pushed from Dynamics'],
      { imports: [20], alone: 0 },
    ]);
  });
});

describe('what accounts do differently', () => {
  test.each([
    { importSuccessIds: 'created' },
    { importSuccessIds: 'created-and-updated' },
    { importSuccessKey: 'Success' },
    { importMovesUdate: 'nothing' },
    { storedEmail: 'lower-case' },
    { include: 'ignored' },
    { existingTag: 'refused' },
    { rateLimitHeaders: true },
  ] as const)('changes nothing for people in imports: %o', async (activeCampaign) => {
    await twentyLeads({ activeCampaign });
    const run = await engine.run();
    expect([run.outcome, arrived(), engine.store.links.countActive(), sent()]).toEqual(['ok', everybody, 20, { imports: [20], alone: 0 }]);
  });

  test.each(['clears', 'ignored'] as const)('an emptied value arrives where an import %s it', async (importEmptyValue) => {
    await twentyLeads({ activeCampaign: { importEmptyValue } });
    for (const { id } of engine.sales.rows('lead')) engine.sales.edit('lead', id, { telephone1: '1' });
    await engine.run();
    for (const { id } of engine.sales.rows('lead')) engine.sales.edit('lead', id, { telephone1: null });
    const run = await engine.run();
    expect([run.outcome, engine.office.people().filter(({ phone }) => phone !== '')]).toEqual(['ok', []]);
  });
});

it('a changed address goes by id and through no import, which would look for the person under it', async () => {
  await twentyLeads();
  await engine.run();
  const ids = engine.office.people().map(({ id }) => id);
  for (const [number, { id }] of [...engine.sales.rows('lead')].entries())
    engine.sales.edit('lead', id, { emailaddress1: `new${number}@example.com` });
  engine.activeCampaign.requests.clear();
  await engine.run();
  expect(sent()).toEqual({ imports: [], alone: 0 });
  expect(engine.office.people().map(({ id, email }) => [id, email.startsWith('new')])).toEqual(ids.map((id) => [id, true]));
});
