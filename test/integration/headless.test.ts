import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../main/ports/clock.ts';
import {
  createDataDirectory,
  type DataDirectory,
  environmentOf,
  jsonLines,
  runHeadless,
  startHeadless,
} from '../support/headless-process.ts';
import { textWith } from '../support/matching.ts';
import { type RunningServices, startServices } from '../support/running-services.ts';

/** The command line in a process of its own: its options, what it prints, and how it ends (contracts, section 4). */

const counts = z.strictObject({ created: z.int(), updated: z.int(), linked: z.int() });
const runLine = z.strictObject({
  type: z.literal('run'),
  number: z.int(),
  kind: z.enum(['initial', 'scheduled']),
  outcome: z.enum(['ok', 'attention', 'held', 'failed', 'stopped']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  toDynamics: counts,
  toActiveCampaign: counts,
  optOuts: z.int(),
  conflicts: z.int(),
  held: z.int(),
  failed: z.int(),
  requests: z.strictObject({ activeCampaign: z.int(), dynamics: z.int() }),
});
const logLine = z.looseObject({
  type: z.literal('log'),
  time: z.iso.datetime(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  event: z.string(),
  run: z.int().optional(),
  message: z.string().min(1),
  person: z
    .strictObject({
      email: z.string().optional(),
      activeCampaignId: z.string().optional(),
      dynamics: z.strictObject({ entity: z.enum(['lead', 'contact']), id: z.guid() }).optional(),
    })
    .optional(),
});

let services: RunningServices;
let directory: DataDirectory;
const on = (...args: string[]) => runHeadless(['--data-dir', directory.path, ...args], environmentOf(services));

const connect = async (): Promise<void> => {
  services = await startServices({ clock: systemClock });
  directory = createDataDirectory();
  directory.configure(services.connection);
};
const disconnect = async (): Promise<void> => {
  await services.close();
  directory.remove();
};

describe('a run', () => {
  let lead: string;
  let pulled: number;
  beforeAll(async () => {
    await connect();
    lead = services.sales.create('lead', { firstname: 'Ada', lastname: 'Lovelace', emailaddress1: 'ada@example.com' });
    services.sales.create('contact', { lastname: 'Nobody' });
    pulled = services.office.create('grace@example.com', { lastName: 'Hopper', phone: '0'.repeat(60) }).id;
    for (const tag of ['D365: Lead', 'D365: Pulled from ActiveCampaign']) services.office.addTag(pulled, tag);
  });
  afterAll(disconnect);

  it('with --json prints every log entry and, last, what the run did', async () => {
    const ended = await on('--json', '--runs', '1');
    const lines = jsonLines(ended);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });

    const last = runLine.parse(lines.at(-1));
    const { startedAt, finishedAt, requests, ...told } = last;
    expect(told).toEqual({
      type: 'run',
      number: 1,
      kind: 'initial',
      outcome: 'attention',
      toDynamics: { created: 1, updated: 0, linked: 0 },
      toActiveCampaign: { created: 1, updated: 0, linked: 0 },
      optOuts: 0,
      conflicts: 0,
      held: 2,
      failed: 0,
    });
    expect(Date.parse(finishedAt)).toBeGreaterThan(Date.parse(startedAt));
    expect(requests).toEqual({
      activeCampaign: services.activeCampaign.requests.requests.length,
      dynamics: services.dynamics.requests.requests.length,
    });

    const entries = lines.slice(0, -1).map((line) => logLine.parse(line));
    const created = [...services.sales.rows('lead')].find(({ id }) => id !== lead);
    const about = ({ event, person, service, reason, field, fields }: (typeof entries)[number]) => ({
      event,
      person,
      ...(service !== undefined && { service }),
      ...(reason !== undefined && { reason }),
      ...(field !== undefined && { field }),
      ...(fields !== undefined && { fields }),
    });
    const contact = [...services.sales.rows('contact')][0];
    expect(entries.filter(({ event }) => /^(person|field)\./.test(event)).map(about)).toEqual([
      {
        event: 'field.held',
        person: { email: 'grace@example.com', activeCampaignId: String(pulled) },
        reason: 'value-too-long',
        field: 'telephone1=phone',
      },
      { event: 'person.held', person: { dynamics: { entity: 'contact', id: contact?.id } }, reason: 'no-email' },
      {
        event: 'person.created',
        person: { email: 'grace@example.com', activeCampaignId: String(pulled), dynamics: { entity: 'lead', id: created?.id } },
        service: 'dynamics',
        fields: ['emailaddress1', 'lastname', 'subject'],
      },
      {
        event: 'person.created',
        person: {
          email: 'ada@example.com',
          activeCampaignId: String(services.office.personByEmail('ada@example.com')?.id),
          dynamics: { entity: 'lead', id: lead },
        },
        service: 'activeCampaign',
        fields: ['email', 'firstName', 'lastName'],
      },
    ]);
  });

  it('without --json prints lines for people, and nothing of single ones but what needs attention', async () => {
    services.sales.edit('lead', lead, { firstname: 'Augusta' });
    services.sales.create('contact', { lastname: 'Nobody either' });
    const ended = await on('--runs', '1', '--time-scale', '36000');
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    const lines = ended.stdout.split('\n').map((line) => line.replace(/^\d\d:\d\d:\d\d/, 'hh:mm:ss').replace(/in [\d.]+ s/, 'in n s'));
    expect(lines).toContain('hh:mm:ss   Scheduled run started');
    expect(lines).toContainEqual(textWith('The contact has no e-mail address'));
    expect(lines.filter((line) => line.includes('Augusta') || line.includes('ada@example.com'))).toEqual([]);
    expect(lines.slice(-6)).toEqual([
      'Run 2 (scheduled): attention in n s',
      '  to ActiveCampaign: 0 created, 1 updated, 0 linked',
      '  to Dynamics:       0 created, 0 updated, 0 linked',
      '  0 opted out, 0 conflicts, 3 held, 0 refused',
      '  requests: 7 to ActiveCampaign, 3 to Dynamics',
      '',
    ]);
  });

  it('comes again at each due time, until --runs are done', async () => {
    const ended = await on('--json', '--runs', '2', '--time-scale', '36000');
    const runs = jsonLines(ended).filter(({ type }) => type === 'run');
    expect(runs).toMatchObject([
      { number: 3, kind: 'scheduled' },
      { number: 4, kind: 'scheduled' },
    ]);
  });
});

describe('a second process on the same data directory', () => {
  it.each([
    { mode: 'with its own services', args: ['--demo'] },
    { mode: 'on the same services', args: [] },
  ])('$mode is refused, and the first one goes on until a signal ends its waiting', async ({ args }) => {
    await connect();
    const first = startHeadless(['--data-dir', directory.path, '--json'], environmentOf(services));
    await first.told('"type":"run"');
    const config = readFileSync(directory.configFile, 'utf8');
    const second = await on('--runs', '1', ...args);
    expect({ status: second.status, stdout: second.stdout }).toEqual({ status: 2, stdout: '' });
    expect(second.stderr).toMatch(
      new RegExp(`^Another Leadferry \\(process ${first.child.pid} on .+\\) works on this data directory\\. End it first, `),
    );
    expect(readFileSync(directory.configFile, 'utf8')).toBe(config);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ status: 143, stderr: '' });
    await disconnect();
  });
});

it('a reader of the lines that goes away ends the process as a signal does', async () => {
  await connect();
  const process = startHeadless(['--data-dir', directory.path, '--json', '--time-scale', '36000'], environmentOf(services));
  await process.told('"type":"run"');
  process.child.stdout?.destroy();
  expect(await process.ended).toMatchObject({ status: 143, stderr: '' });
  await disconnect();
});

describe('a run that a guard holds', () => {
  beforeAll(async () => {
    await connect();
    for (let index = 1; index <= 60; index += 1) {
      services.sales.create('lead', { lastname: 'Lead', emailaddress1: `lead${index}@example.com` });
    }
    await on('--runs', '1');
    const half = [...services.sales.rows('lead')].slice(0, 30);
    for (const { id } of half) services.sales.delete('lead', id);
  });
  afterAll(disconnect);

  const run = async () => {
    services.activeCampaign.requests.clear();
    const ended = await on('--json', '--runs', '1', '--time-scale', '36000');
    const lines = jsonLines(ended);
    return {
      status: ended.status,
      outcome: lines.at(-1)?.outcome,
      guards: lines.filter(({ event }) => event === 'run.held').map(({ guard }) => guard),
      unlinked: lines.filter(({ event }) => event === 'person.unlinked').length,
      writes: services.activeCampaign.requests.requests.filter(({ method }) => method !== 'GET').length,
    };
  };
  const heldRun = { status: 1, outcome: 'held', guards: ['vanished'], unlinked: 0, writes: 0 };

  it('writes nothing, and stays held at the next due time without a request', async () => {
    expect(await run()).toEqual(heldRun);
    expect(await run()).toEqual(heldRun);
    expect(services.activeCampaign.requests.requests).toEqual([]);
  });

  it('is shown by --held show', async () => {
    const { status, stdout } = await on('--held', 'show');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Run 2 is held since \S+Z by the guard "vanished": 30 linked records are gone or lost their tags, which is more than 10 % of the 60 linked ones\n30 operations are planned\.\n$/,
    );
  });

  it('is planned anew after --held drop', async () => {
    expect(await on('--held', 'drop')).toMatchObject({
      status: 0,
      stdout: 'The plan of run 2 is dropped: the next run reads and plans anew.\n',
    });
    expect(await run()).toEqual(heldRun);
  });

  it('is carried out by the next run after --held release', async () => {
    expect(await on('--held', 'release')).toMatchObject({ status: 0, stdout: textWith('is released: the next run carries its plan out.') });
    expect(await run()).toEqual({ status: 0, outcome: 'ok', guards: [], unlinked: 30, writes: 0 });
    expect(await on('--held', 'show')).toMatchObject({ status: 0, stdout: 'No run is held.\n' });
    expect(services.office.people()).toHaveLength(60);
  });
});

describe('the options', () => {
  it.each([
    [['--runs', '1'], '--data-dir is missing'],
    [['--data-dir', 'somewhere', '--runs', '0'], '--runs is "0"; allowed is a whole number from 1 on.'],
    [['--data-dir', 'somewhere', '--time-scale', 'fast'], '--time-scale is "fast"; allowed is a number above 0.'],
    [['--data-dir', 'somewhere', '--held', 'maybe'], '--held is "maybe"; allowed are show, release and drop.'],
    [['--data-dir', 'somewhere', '--sync-now'], "Unknown option '--sync-now'"],
  ])('%j is refused with what is allowed', async (args, message) => {
    const ended = await runHeadless(args);
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: textWith(message) });
    expect(ended.stderr).toContain('usage: npm run headless');
  });

  it('--help tells them all', async () => {
    const { status, stdout } = await runHeadless(['--help']);
    expect(status).toBe(0);
    for (const option of ['--data-dir', '--demo', '--runs', '--time-scale', '--json', '--held']) expect(stdout).toContain(`  ${option} `);
  });
});
