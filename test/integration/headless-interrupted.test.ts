import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../main/connections/http/transport.ts';
import { createDataSet } from '../../main/demo/data-set/create.ts';
import type { SampleHandler } from '../../main/demo/handler.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { everybody } from '../support/both-sides.ts';
import { openEngine } from '../support/engine-under-test.ts';
import {
  createDataDirectory,
  type DataDirectory,
  type Ended,
  environmentOf,
  type HeadlessProcess,
  jsonLines,
  runHeadless,
  startHeadless,
} from '../support/headless-process.ts';
import { type RunningServices, startServices } from '../support/running-services.ts';

/** The real process is asked to end in the middle of its Initial Sync; the next start finishes the same work, and nobody is there twice. */

const data = createDataSet(3, { leads: 60, contacts: 30, people: 30 });
let uninterrupted: unknown;

beforeAll(async () => {
  const engine = await openEngine({ data });
  await engine.run();
  uninterrupted = everybody(engine);
  await engine.close();
});

type Moment = (request: HttpRequest) => boolean;
const isImport: Moment = ({ url }) => url.endsWith('/import/bulk_import');
const isCreatingRows: Moment = ({ body = '' }) => body.includes('If-None-Match: *');

interface Interrupted {
  readonly first: Ended;
  readonly second: Ended;
  readonly services: RunningServices;
}

const opened: { services: RunningServices; directory: DataDirectory }[] = [];
afterAll(async () => {
  for (const { services, directory } of opened) {
    await services.close();
    directory.remove();
  }
});

/** @param when the service has done its work for this request, and the answer is not sent yet. */
async function interrupt(when: Moment, signal: NodeJS.Signals): Promise<Interrupted> {
  let running: HeadlessProcess | null = null;
  const around =
    (handler: SampleHandler): SampleHandler =>
    async (request) => {
      const response = await handler(request);
      if (running !== null && when(request)) {
        running.child.kill(signal);
        running = null;
      }
      return response;
    };
  const services = await startServices({ clock: systemClock, data, around: { activeCampaign: around, dynamics: around } });
  const directory = createDataDirectory();
  opened.push({ services, directory });
  directory.configure(services.connection);
  const args = ['--data-dir', directory.path, '--runs', '1', '--json'];
  running = startHeadless(args, environmentOf(services));
  const first = await running.ended;
  return { first, second: await runHeadless(args, environmentOf(services)), services };
}

const runLines = (ended: Ended) => jsonLines(ended).filter(({ type }) => type === 'run');

describe.concurrent('a signal in the middle of a run', () => {
  it.each([
    { signal: 'SIGTERM', status: 143, when: isImport, where: 'at an import' },
    { signal: 'SIGINT', status: 130, when: isCreatingRows, where: 'at a batch of rows' },
  ] as const)('$signal $where ends it after the current write with $status', async ({ signal, status, when }) => {
    const { first, second, services } = await interrupt(when, signal);
    expect(first.status).toBe(status);
    expect(runLines(first)).toMatchObject([{ number: 1, kind: 'initial', outcome: 'stopped' }]);
    expect(jsonLines(second)[0]).toMatchObject({ event: 'run.started', message: 'Initial Sync goes on where it was broken off' });
    expect(runLines(second)).toMatchObject([{ number: 1, kind: 'initial', outcome: 'attention' }]);
    expect(everybody(services)).toEqual(uninterrupted);
  });
});
