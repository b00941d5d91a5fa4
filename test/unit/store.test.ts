import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreError } from '../../main/store/errors.ts';
import { deleteMeta, readMeta, writeMeta } from '../../main/store/meta.ts';
import { databaseVersion, migrate } from '../../main/store/migrate.ts';
import { migrations } from '../../main/store/migrations/list.ts';
import { openDatabase } from '../../main/store/open.ts';
import { transaction } from '../../main/store/transaction.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-store-'));
  path = join(directory, 'leadferry.sqlite');
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Opens the file, expects to be refused, and answers why. */
function refusal(): { code: string; message: string; advice: string } {
  try {
    openDatabase(path).close();
  } catch (error) {
    if (error instanceof StoreError) return { code: error.code, message: error.message, advice: error.advice };
    throw error;
  }
  throw new Error('the database was opened');
}

const summary = ({ code, message }: { code: string; message: string }) => `${code}: ${message}`;

describe('opening', () => {
  test('a missing file is created, and found again with what was written', () => {
    const first = openDatabase(path);
    writeMeta(first, 'account', { id: 'acme' });
    first.close();

    const second = openDatabase(path);
    expect(readMeta(second, 'account', z.object({ id: z.string() }))).toEqual({ id: 'acme' });
    expect(second.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(second.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    second.close();
  });

  test('a file that is not a database is refused and left as it is', () => {
    const content = 'Dear diary, today I was put where a database should be. '.repeat(20);
    writeFileSync(path, content);

    expect(summary(refusal())).toBe(`not-a-database: ${path} is not a database.`);
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(readdirSync(directory)).toEqual(['leadferry.sqlite']);
  });

  test('a damaged database is refused and left as it is', () => {
    const db = openDatabase(path);
    transaction(db, () => {
      for (let number = 0; number < 2_000; number += 1) writeMeta(db, `key ${number}`, 'x'.repeat(100));
    });
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 8_192);
    writeFileSync(path, bytes);

    expect(summary(refusal())).toContain(`damaged: The database ${path} is damaged: `);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a database of another program is refused', () => {
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();

    expect(summary(refusal())).toBe(`not-leadferry: ${path} is an SQLite database of another program.`);
  });

  test('a database of a newer program is refused and left as it is', () => {
    const db = openDatabase(path);
    db.exec('PRAGMA user_version = 4711');
    db.close();
    const bytes = readFileSync(path);

    expect(refusal()).toEqual({
      code: 'newer-than-program',
      message: `The database ${path} was written by a newer Leadferry (version 4711 of its layout; this program knows ${migrations.length}).`,
      advice: 'Install the newest Leadferry, or choose another data directory.',
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test('a folder that does not exist is named', () => {
    path = join(directory, 'missing', 'leadferry.sqlite');
    expect(summary(refusal())).toContain(`cannot-open: The database ${path} cannot be opened: `);
  });
});

describe('migrations', () => {
  const people = { version: 1, name: 'people', sql: 'CREATE TABLE person (name TEXT)' };
  const emails = {
    version: 2,
    name: 'emails',
    sql: "ALTER TABLE person ADD COLUMN email TEXT; INSERT INTO person VALUES ('Ada', 'ada@example.com')",
  };

  test('are numbered from 1 without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });

  test('run once each, in order, and only those that are missing', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, [people], ':memory:');
    migrate(db, [people, emails], ':memory:');
    migrate(db, [people, emails], ':memory:');

    expect(databaseVersion(db)).toBe(2);
    expect(db.prepare('SELECT * FROM person').all()).toEqual([{ name: 'Ada', email: 'ada@example.com' }]);
  });

  test('a step that fails is undone as a whole and named', () => {
    const db = new DatabaseSync(':memory:');
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)' };

    expect(() => migrate(db, [people, broken], 'crm.sqlite')).toThrow('step 2 (broken): no such table: nowhere');
    expect(databaseVersion(db)).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'person' }]);
  });
});

describe('a transaction', () => {
  const keys = (db: ReturnType<typeof openDatabase>) =>
    db
      .prepare('SELECT key FROM meta ORDER BY key')
      .all()
      .map(({ key }) => key);

  test('answers what its work answers, and keeps what it wrote', () => {
    const db = openDatabase(':memory:');
    const answer = transaction(db, () => {
      writeMeta(db, 'a', 1);
      return 'done';
    });
    expect([answer, keys(db)]).toEqual(['done', ['a']]);
  });

  test('that throws has written nothing, and the next one works', () => {
    const db = openDatabase(':memory:');
    expect(() =>
      transaction(db, () => {
        writeMeta(db, 'a', 1);
        throw new Error('out of ink');
      }),
    ).toThrow('out of ink');
    transaction(db, () => writeMeta(db, 'b', 2));
    expect(keys(db)).toEqual(['b']);
  });

  test('refuses another one inside, which undoes both', () => {
    const db = openDatabase(':memory:');
    expect(() =>
      transaction(db, () => {
        writeMeta(db, 'outer', 1);
        transaction(db, () => writeMeta(db, 'inner', 2));
      }),
    ).toThrow('transactions are not nested');
    expect(keys(db)).toEqual([]);
  });

  test('refuses asynchronous work', () => {
    const db = openDatabase(':memory:');
    expect(() => transaction(db, async () => writeMeta(db, 'a', 1))).toThrow(TypeError);
    expect(keys(db)).toEqual([]);
  });
});

describe('a stored value', () => {
  test('that was never written, or was deleted, is undefined', () => {
    const db = openDatabase(':memory:');
    writeMeta(db, 'cursor', 'x');
    deleteMeta(db, 'cursor');
    expect(readMeta(db, 'cursor', z.string())).toBeUndefined();
  });

  test('that does not fit is an error with its name, not an absent value', () => {
    const db = openDatabase(':memory:');
    writeMeta(db, 'cursor', { page: 'three' });
    expect(() => readMeta(db, 'cursor', z.object({ page: z.number() }))).toThrow('The stored value "cursor" cannot be read');
  });
});
