import { hostname } from 'node:os';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Database } from './database.ts';
import { transaction } from './transaction.ts';

/** Who holds the lock: one engine of one process. */
export interface RunLockOwner {
  /** Unlike the process id it is never used again. */
  readonly id: string;
  readonly processId: number;
  readonly host: string;
}

export interface RunLockHolder {
  readonly owner: RunLockOwner;
  /** Both by the holder's clock, in milliseconds since the epoch: for people to read, never to decide on. */
  readonly acquiredAt: number;
  readonly expiresAt: number;
}

/** Another engine has taken the lock. Whoever gets this stops at once and writes nothing more. */
export class RunLockLostError extends Error {
  readonly holder: RunLockHolder | null;
  constructor(holder: RunLockHolder | null) {
    super(holder ? `Another Leadferry (${describeHolder(holder)}) has taken over this data directory` : 'The run lock was released');
    this.name = 'RunLockLostError';
    this.holder = holder;
  }
}

export interface RunLock {
  /** Takes the lock, or renews it where it is ours already. Answers null, or who else holds it. Not inside a transaction. */
  acquire(): RunLockHolder | null;
  /** Says that this engine is alive; due several times within the time to live. @throws RunLockLostError */
  renew(): void;
  /** For use inside the transaction that depends on the lock. @throws RunLockLostError */
  assertHeld(): void;
  /** Gives the lock back; nothing happens where it is not ours. */
  release(): void;
}

export const runLockOwner = (random: Random): RunLockOwner => ({ id: random.uuid(), processId: process.pid, host: hostname() });

export const describeHolder = ({ owner }: RunLockHolder): string => `process ${owner.processId} on ${owner.host}`;

/** Who holds the lock now, or null. */
export function readRunLock(db: Database): RunLockHolder | null {
  const row = readRow(db);
  return row && holderOf(row);
}

/**
 * The lock that lets one engine at a time work on a data directory, also across processes.
 *
 * A lock that its owner left behind (a crash) is taken over at once where the owner's process was on this machine and is gone.
 * Else it is taken over only after this engine has itself seen it without a renewal for the whole time to live, measured by its
 * monotonic clock: stamps of two clocks are never compared, so a clock that is set, on either side, lets nobody in.
 * An owner that was only asleep finds out by `renew` and `assertHeld`.
 *
 * @param clock the real one, also where the scheduler's is scaled.
 * @param ttlMs how long this engine may stay silent before others may take over.
 */
export function createRunLock(
  db: Database,
  owner: RunLockOwner,
  clock: Clock,
  ttlMs: number,
  processIsAlive: (processId: number) => boolean = isAlive,
): RunLock {
  let watched: { ownerId: string; renewals: number; lookedAt: number; silentMs: number } | null = null;

  /** Has the holder been silent for its whole time to live, as far as this engine has seen? */
  const hasExpired = (row: LockRow): boolean => {
    const now = clock.monotonic();
    if (watched?.ownerId !== row.owner_id || watched.renewals !== row.renewals) {
      watched = { ownerId: row.owner_id, renewals: row.renewals, lookedAt: now, silentMs: 0 };
      return false;
    }
    // The machine, and the holder with it, may have slept between two looks: a long gap is no evidence of silence.
    watched.silentMs += Math.min(now - watched.lookedAt, row.ttl_ms / 3);
    watched.lookedAt = now;
    return watched.silentMs >= row.ttl_ms;
  };

  const mayTake = (row: LockRow): boolean =>
    row.owner_id === owner.id || (row.host === owner.host && !processIsAlive(row.process_id)) || hasExpired(row);

  return {
    acquire: () =>
      transaction(db, () => {
        const row = readRow(db);
        if (row && !mayTake(row)) return holderOf(row);
        watched = null;
        db.prepare(`
          INSERT INTO run_lock (only, owner_id, process_id, host, renewals, ttl_ms, acquired_at, expires_at)
          VALUES (1, :id, :processId, :host, 0, :ttlMs, :now, :now + :ttlMs)
          ON CONFLICT (only) DO UPDATE SET
            acquired_at = CASE owner_id WHEN excluded.owner_id THEN acquired_at ELSE excluded.acquired_at END,
            renewals = CASE owner_id WHEN excluded.owner_id THEN renewals + 1 ELSE 0 END,
            owner_id = excluded.owner_id, process_id = excluded.process_id, host = excluded.host,
            ttl_ms = excluded.ttl_ms, expires_at = excluded.expires_at
        `).run({ ...owner, ttlMs, now: Math.round(clock.now()) });
        return null;
      }),

    renew: () => {
      const { changes } = db
        .prepare('UPDATE run_lock SET renewals = renewals + 1, expires_at = ? WHERE owner_id = ?')
        .run(Math.round(clock.now()) + ttlMs, owner.id);
      if (changes === 0) throw new RunLockLostError(readRunLock(db));
    },

    assertHeld: () => {
      const holder = readRunLock(db);
      if (holder?.owner.id !== owner.id) throw new RunLockLostError(holder);
    },

    release: () => {
      db.prepare('DELETE FROM run_lock WHERE owner_id = ?').run(owner.id);
    },
  };
}

const lockRow = z.object({
  owner_id: z.string(),
  process_id: z.number(),
  host: z.string(),
  renewals: z.number(),
  ttl_ms: z.number(),
  acquired_at: z.number(),
  expires_at: z.number(),
});
type LockRow = z.infer<typeof lockRow>;

function readRow(db: Database): LockRow | null {
  const row = db.prepare('SELECT * FROM run_lock').get();
  return row === undefined ? null : lockRow.parse(row);
}

const holderOf = (row: LockRow): RunLockHolder => ({
  owner: { id: row.owner_id, processId: row.process_id, host: row.host },
  acquiredAt: row.acquired_at,
  expiresAt: row.expires_at,
});

/** Signal 0 is not delivered: it only asks whether it could be. */
function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // EPERM: the process is there, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
