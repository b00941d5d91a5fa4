import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog, type LogSink } from '../../main/log/create-log.ts';
import { createDatabaseSink } from '../../main/log/database-sink.ts';
import { createFileSink, formatEntry } from '../../main/log/file-sink.ts';
import { createLogListeners } from '../../main/log/listeners.ts';
import type { LogEntry, LogInput } from '../../main/log/log.ts';
import { createRedactor } from '../../main/log/redactor.ts';
import { readLogEntries } from '../../main/store/log-entries.ts';
import { openDatabase } from '../../main/store/open.ts';
import { transaction } from '../../main/store/transaction.ts';
import { fakeClock } from '../support/fake-clock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'leadferry-log-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const time = '2026-01-05T08:00:00.000Z';
const input = (message: string): LogInput => ({ level: 'info', event: 'test.said', message });
const entry = (message: string): LogEntry => ({ time, ...input(message) });

/** Keeps what it was given. */
function memorySink(): LogSink & { entries: LogEntry[] } {
  const entries: LogEntry[] = [];
  return { name: 'memory', entries, write: (each) => entries.push(each), problem: () => null, close: async () => undefined };
}

describe('the log', () => {
  test('adds the time and hands each entry to every sink, in order', () => {
    const clock = fakeClock(time);
    const sinks = [memorySink(), memorySink()];
    const log = createLog({ clock, redactor: createRedactor(), sinks });
    log.write({ ...input('one'), run: 7, person: { email: 'ada@example.com' }, details: { fields: ['firstname'] } });
    clock.setSystemTime('2026-01-05T09:00:00.000Z');
    log.write(input('two'));

    const expected = [
      { ...entry('one'), run: 7, person: { email: 'ada@example.com' }, details: { fields: ['firstname'] } },
      { ...entry('two'), time: '2026-01-05T09:00:00.000Z' },
    ];
    expect(sinks.map(({ entries }) => entries)).toEqual([expected, expected]);
  });

  test.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
  ] as const)('with the minimum level %s keeps %s', (minimumLevel, kept) => {
    const sink = memorySink();
    const log = createLog({ clock: fakeClock(time), redactor: createRedactor(), minimumLevel, sinks: [sink] });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log.write({ ...input('…'), level });
    expect(sink.entries.map(({ level }) => level)).toEqual(kept);
  });

  test('never throws: a sink that fails is reported once to the others', () => {
    const sink = memorySink();
    const broken: LogSink = {
      ...memorySink(),
      name: 'database',
      write: () => {
        throw new Error('disk is full');
      },
    };
    const log = createLog({ clock: fakeClock(time), redactor: createRedactor(), sinks: [broken, sink] });
    log.write(input('one'));
    log.write(input('two'));
    expect(sink.entries.map(({ event, message }) => `${event}: ${message}`)).toEqual([
      'log.failed: The log cannot be written to the database: disk is full',
      'test.said: one',
      'test.said: two',
    ]);
  });

  test('never throws: details that cannot be read are named', () => {
    const sink = memorySink();
    const details = {
      get answer(): string {
        throw new Error('no');
      },
    };
    createLog({ clock: fakeClock(time), redactor: createRedactor(), sinks: [sink] }).write({ ...input('one'), details });
    expect(sink.entries).toEqual([{ ...entry('one'), details: { unreadable: ['answer'] } }]);
  });
});

describe('listeners', () => {
  test('hear what is written between subscribing and ending it, whatever another one throws', () => {
    const listeners = createLogListeners();
    const log = createLog({ clock: fakeClock(time), redactor: createRedactor(), sinks: [listeners] });
    const heard: string[] = [];
    listeners.subscribe(() => {
      throw new Error('window is gone');
    });
    log.write(input('before'));
    const end = listeners.subscribe(({ message }) => heard.push(message));
    log.write(input('during'));
    end();
    log.write(input('after'));
    expect(heard).toEqual(['during']);
  });
});

describe('the database', () => {
  const messages = (db: ReturnType<typeof openDatabase>) => readLogEntries(db, {}, { after: 0, limit: 100 }).map(({ message }) => message);

  test('keeps entries that were written within a transaction that is rolled back', async () => {
    const db = openDatabase(':memory:');
    const sink = createDatabaseSink(db);
    expect(() =>
      transaction(db, () => {
        sink.write(entry('about to fail'));
        sink.flush();
        throw new Error('failed');
      }),
    ).toThrow('failed');
    await Promise.resolve();
    expect(messages(db)).toEqual(['about to fail']);
  });

  test('that cannot be written keeps the entries waiting and says why', () => {
    const db = openDatabase(':memory:');
    const sink = createDatabaseSink(db);
    db.exec('ALTER TABLE log_entry RENAME TO away');
    sink.write(entry('one'));
    sink.flush();
    expect(sink.problem()).toBe('no such table: log_entry');
    db.exec('ALTER TABLE away RENAME TO log_entry');
    sink.write(entry('two'));
    sink.flush();
    expect([sink.problem(), messages(db)]).toEqual([null, ['one', 'two']]);
  });
});

describe('the file', () => {
  const content = () =>
    Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8').split('\n').slice(0, -1)]));
  const line = (message: string) => `${time} INFO  test.said ${message}`;

  test('holds the lines in the order they were written, and goes on after a restart', async () => {
    for (const part of ['first', 'second']) {
      const sink = createFileSink({ directory: join(directory, 'logs') });
      for (let number = 0; number < 50; number += 1) sink.write(entry(`${part} ${number}`));
      await sink.close();
    }
    const lines = readFileSync(join(directory, 'logs', 'leadferry.log'), 'utf8')
      .split('\n')
      .slice(0, -1);
    expect(lines).toEqual(['first', 'second'].flatMap((part) => Array.from({ length: 50 }, (_, number) => line(`${part} ${number}`))));
  });

  test('is rotated by size, and only so many are kept', async () => {
    const sink = createFileSink({ directory, maxBytes: 2 * line('0').length + 2, files: 3 });
    for (let number = 0; number < 9; number += 1) sink.write(entry(String(number)));
    await sink.close();
    expect(content()).toEqual({
      'leadferry.log': [line('8')],
      'leadferry.1.log': [line('6'), line('7')],
      'leadferry.2.log': [line('4'), line('5')],
    });
  });

  test('takes a line that is longer than a whole file', async () => {
    const sink = createFileSink({ directory, maxBytes: 10, files: 2 });
    sink.write(entry('one'));
    sink.write(entry('two'));
    await sink.close();
    expect(content()).toEqual({ 'leadferry.1.log': [line('one')], 'leadferry.log': [line('two')] });
  });

  test('that cannot be written keeps the lines waiting and says why', async () => {
    const logs = join(directory, 'logs');
    writeFileSync(logs, 'a file where the folder should be');
    const sink = createFileSink({ directory: logs });
    sink.write(entry('one'));
    await sink.close();
    expect(sink.problem()).toContain('EEXIST');
    rmSync(logs);
    sink.write(entry('two'));
    await sink.close();
    expect([sink.problem(), readFileSync(join(logs, 'leadferry.log'), 'utf8')]).toEqual([null, `${line('one')}\n${line('two')}\n`]);
  });

  test('has one line an entry, whatever a service says', () => {
    expect(
      formatEntry({
        ...entry('refused:\n2026-01-05T08:00:00.000Z INFO  run.finished all is well\u001b[31m'),
        run: 3,
        person: { email: 'ada@example.com' },
        details: { reason: 'refused-by-service' },
      }),
    ).toBe(
      `${time} INFO  test.said run 3 refused:\\u000a2026-01-05T08:00:00.000Z INFO  run.finished all is well\\u001b[31m ` +
        '{"person":{"email":"ada@example.com"},"reason":"refused-by-service"}',
    );
  });
});
