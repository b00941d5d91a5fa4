import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import { systemRandom } from '../../main/ports/random.ts';
import type { Database } from '../../main/store/database.ts';
import { openDatabase } from '../../main/store/open.ts';
import { createRunLock, describeHolder, RunLockLostError, readRunLock, runLockOwner } from '../../main/store/run-lock.ts';
import { transaction } from '../../main/store/transaction.ts';
import { fakeClock } from '../support/fake-clock.ts';

const ttlMs = 60_000;
const start = Date.parse('2026-01-05T08:00:00Z');

let directory: string;
let path: string;
const open: Database[] = [];
const connect = () => {
  const db = openDatabase(path);
  open.push(db);
  return db;
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-lock-'));
  path = join(directory, 'leadferry.sqlite');
});
afterEach(() => {
  for (const db of open.splice(0)) db.close();
  rmSync(directory, { recursive: true });
});

/** Two engines on connections of their own, each with its own clock, on one machine where both processes are alive. */
function twoEngines({ hosts = ['office', 'office'], alive = [1, 2] }: { hosts?: [string, string]; alive?: number[] } = {}) {
  const engine = (processId: number, host: string) => {
    const clock = fakeClock(start);
    const db = connect();
    const owner = { id: `engine ${processId}`, processId, host };
    return { clock, db, owner, lock: createRunLock(db, owner, clock, ttlMs, (id) => alive.includes(id)) };
  };
  return { first: engine(1, hosts[0]), second: engine(2, hosts[1]) };
}

describe('the run lock', () => {
  test('is given to one engine, and the other one hears who holds it and until when', () => {
    const { first, second } = twoEngines();
    expect(first.lock.acquire()).toBeNull();

    const holder = second.lock.acquire();
    expect(holder).toEqual({ owner: first.owner, acquiredAt: start, expiresAt: start + ttlMs });
    expect(holder && describeHolder(holder)).toBe('process 1 on office');
    expect(readRunLock(second.db)).toEqual(holder);
  });

  test('is free again once it is given back', () => {
    const { first, second } = twoEngines();
    first.lock.acquire();
    second.lock.release();
    expect(second.lock.acquire()).not.toBeNull();
    first.lock.release();
    expect(second.lock.acquire()).toBeNull();
  });

  test('is renewed, not lost, by its own holder asking again', async () => {
    const { first } = twoEngines();
    first.lock.acquire();
    await first.clock.advance(1_000);
    expect(first.lock.acquire()).toBeNull();
    expect(readRunLock(first.db)).toEqual({ owner: first.owner, acquiredAt: start, expiresAt: start + 1_000 + ttlMs });
  });

  test('of a process of this machine that is gone is taken over at once', () => {
    const alive = [1, 2];
    const { first, second } = twoEngines({ alive });
    first.lock.acquire();
    alive.shift();
    expect(second.lock.acquire()).toBeNull();
  });

  test('of a process that cannot be asked is taken over after it was seen silent for the time to live', async () => {
    const { first, second } = twoEngines({ hosts: ['office', 'cellar'], alive: [] });
    first.lock.acquire();
    const tries: boolean[] = [];
    for (let seconds = 0; seconds <= 60; seconds += 15) {
      tries.push(second.lock.acquire() === null);
      await second.clock.advance(15_000);
    }
    expect(tries).toEqual([false, false, false, false, true]);
  });

  test('is never taken over from a holder that renews it', async () => {
    const { first, second } = twoEngines({ hosts: ['office', 'cellar'] });
    first.lock.acquire();
    for (let minute = 0; minute < 30; minute += 1) {
      await second.clock.advance(20_000);
      expect(second.lock.acquire()).not.toBeNull();
      await second.clock.advance(20_000);
      expect(second.lock.acquire()).not.toBeNull();
      first.lock.renew();
    }
  });

  test.each([
    ['the holder is set back by a day', 'first', '2026-01-04T08:00:00Z'],
    ['the holder is set forward by a day', 'first', '2026-01-06T08:00:00Z'],
    ['the other engine is set forward by a year', 'second', '2027-01-05T08:00:00Z'],
    ['the other engine is set back by a year', 'second', '2025-01-05T08:00:00Z'],
  ] as const)('lets nobody else in when the clock of %s', (_, whose, time) => {
    const engines = twoEngines();
    engines.first.lock.acquire();
    engines.second.lock.acquire();
    engines[whose].clock.setSystemTime(time);
    engines.first.lock.renew();
    expect(engines.second.lock.acquire()).toMatchObject({ owner: engines.first.owner });
    expect(engines.second.lock.acquire()).toMatchObject({ owner: engines.first.owner });
  });

  test('is not taken over after both slept: the time to live must pass awake', async () => {
    const { first, second } = twoEngines();
    first.lock.acquire();
    second.lock.acquire();
    await second.clock.advance(8 * 3_600_000);
    expect(second.lock.acquire()).not.toBeNull();
  });

  test('that was lost is noticed before anything is committed', async () => {
    const { first, second } = twoEngines({ alive: [2] });
    first.lock.acquire();
    second.lock.acquire();

    expect(() => first.lock.renew()).toThrow(RunLockLostError);
    expect(() => transaction(first.db, () => first.lock.assertHeld())).toThrow(
      'Another Leadferry (process 2 on office) has taken over this data directory',
    );
    second.lock.assertHeld();
    first.lock.release();
    second.lock.assertHeld();
  });
});

describe('across processes', () => {
  const start = () => fork(new URL('../support/run-lock-process.ts', import.meta.url), [path]);
  const report = async (child: ChildProcess): Promise<unknown> => (await once(child, 'message'))[0];
  const end = async (child: ChildProcess, signal?: NodeJS.Signals) => {
    const exit = once(child, 'exit');
    if (signal) child.kill(signal);
    else child.send('done');
    await exit;
  };

  test('one of two that start together on an empty directory gets the lock', async () => {
    const children = [start(), start()];
    const reports = await Promise.all(children.map(report));
    const winner = children.find((_, index) => JSON.stringify(reports[index]).includes('"gotTheLock":true'));
    expect(reports.map((each) => JSON.stringify(each)).sort()).toEqual([
      `{"gotTheLock":false,"heldBy":${winner?.pid}}`,
      `{"gotTheLock":true,"heldBy":${winner?.pid}}`,
    ]);
    await Promise.all(children.map((child) => end(child)));
  });

  test('a process that is killed leaves the lock to the next one', async () => {
    const child = start();
    await report(child);
    const lock = createRunLock(connect(), runLockOwner(systemRandom), systemClock, ttlMs);
    expect(lock.acquire()?.owner.processId).toBe(child.pid);
    await end(child, 'SIGKILL');
    expect(lock.acquire()).toBeNull();
  });
});
