import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../main/log/create-log.ts';
import { createDatabaseSink } from '../../main/log/database-sink.ts';
import { createFileSink } from '../../main/log/file-sink.ts';
import { createLogListeners } from '../../main/log/listeners.ts';
import { createRedactor } from '../../main/log/redactor.ts';
import { openDatabase } from '../../main/store/open.ts';
import { fakeClock } from '../support/fake-clock.ts';

const secret = 'p4ss/w+rd "ü" & more~';
const redactorWith = (...secrets: string[]) => {
  const redactor = createRedactor();
  for (const each of secrets) redactor.addSecret(each);
  return redactor;
};
const basic = (user: string) => Buffer.from(`${user}:${secret}`).toString('base64');

describe('a known secret', () => {
  const redactor = redactorWith(secret);
  test.each([
    ['as it is', `sent ${secret} twice ${secret}`, 'sent [redacted] twice [redacted]'],
    ['in a URL', `/token?s=${encodeURIComponent(secret)}&x=1`, '/token?s=[redacted]&x=1'],
    ['in a URL, in lower case', '/?s=p4ss%2fw%2brd%20%22%c3%bc%22%20%26%20more~', '/?s=[redacted]'],
    ['in a form', `s=${new URLSearchParams({ s: secret }).toString().slice(2)}&x=1`, 's=[redacted]&x=1'],
    ['in JSON', JSON.stringify({ s: secret }), '{"s":"[redacted]"}'],
    ['in JSON within JSON', JSON.stringify({ body: JSON.stringify({ s: secret }) }), String.raw`{"body":"{\"s\":\"[redacted]\"}"}`],
    ['cut off within', `body starts with ${secret.slice(0, 15)}`, 'body starts with [redacted]'],
  ])('%s', (_, text, expected) => {
    expect(redactor.text(text)).toBe(expected);
  });

  test.each(['', 'u', 'us', 'user'])('in base64 after "%s"', (user) => {
    const left = redactor.text(`[${basic(user)}]`).replace('[redacted]', '');
    // What may stay: the user name, and the few bits of the secret that share a character with their neighbours.
    expect(left.length).toBeLessThanOrEqual(basic(user).length - Math.floor((secret.length * 8) / 6) + 6);
    expect(Buffer.from(left, 'base64').toString()).not.toContain('p4s');
  });

  test('that was replaced by another one is forgotten', () => {
    const redactor = createRedactor();
    const forget = redactor.addSecret('old-value-1234');
    redactor.addSecret('new-value-5678');
    forget();
    expect(redactor.text('old-value-1234 new-value-5678')).toBe('old-value-1234 [redacted]');
  });

  test('does not tear holes when it is almost empty', () => {
    expect(redactorWith('', 'a').text('a banana')).toBe('a banana');
  });

  test('of any characters is never left in a text, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), fc.string(), fc.string(), (value, before, after) => {
        fc.pre(!'[redacted]'.includes(value));
        const text = redactorWith(value).text(`${before}${value}${after}`);
        expect(text.replaceAll('[redacted]', '\u0000').includes(value)).toBe(false);
      }),
    );
  });
});

describe('the name of a key', () => {
  const details = (given: Record<string, unknown>) =>
    createRedactor().entry({ time: '', level: 'info', event: 'e', message: 'm', details: given }).details;

  test('marks its value as a secret, at any depth', () => {
    expect(
      details({
        headers: { Authorization: 'Bearer x', 'Api-Token': 'x', 'set-cookie': ['x'], 'content-type': 'text/html' },
        list: [{ clientSecret: 'x', client_secret: 'x', accessToken: 'x', KEY: 'x', password: 1234, apikey: 'x' }],
        map: new Map([['refresh_token', 'x']]),
        error: Object.assign(new Error('refused', { cause: { secret: 'x' } }), { code: 'E1' }),
      }),
    ).toEqual({
      headers: { Authorization: '[redacted]', 'Api-Token': '[redacted]', 'set-cookie': '[redacted]', 'content-type': 'text/html' },
      list: [
        {
          clientSecret: '[redacted]',
          client_secret: '[redacted]',
          accessToken: '[redacted]',
          KEY: '[redacted]',
          password: '[redacted]',
          apikey: '[redacted]',
        },
      ],
      map: { refresh_token: '[redacted]' },
      error: { name: 'Error', message: 'refused', code: 'E1', cause: { secret: '[redacted]' } },
    });
  });

  test('leaves what only sounds like one', () => {
    const harmless = {
      secretExpiresAt: '2027-01-01',
      tokenType: 'Bearer',
      keyboard: 'qwerty',
      secretStored: true,
      fields: ['key'],
      monkey: 1,
    };
    expect(details(harmless)).toEqual(harmless);
  });

  test.each([
    ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
    ['sent Api-Token=abc123&limit=1', 'sent Api-Token=[redacted]&limit=1'],
    ['{"client_secret":"abc","x":1}', '{"client_secret":"[redacted]","x":1}'],
    ['Cookie: a=1; b=2', 'Cookie: [redacted]'],
    ['with bearer abcdefghijklmnop0123', 'with bearer [redacted]'],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln ended', 'token [redacted] ended'],
    ['The client secret is missing.', 'The client secret is missing.'],
  ])('in a message: %s', (text, expected) => {
    expect(createRedactor().text(text)).toBe(expected);
  });
});

test('details become plain JSON values of a bounded size', () => {
  const circular: Record<string, unknown> = { name: 'a' };
  circular.self = circular;
  const { details } = createRedactor().entry({
    time: '',
    level: 'info',
    event: 'e',
    message: 'm',
    details: {
      circular,
      date: new Date(0),
      bytes: new Uint8Array(3),
      big: 5n,
      url: new URL('https://example.com/?password=hunter2'),
      gone: undefined,
      call: () => 1,
      list: Array.from({ length: 500 }, () => 0),
      text: 'x'.repeat(9_000),
    },
  });
  expect(JSON.parse(JSON.stringify(details))).toEqual(details);
  expect({ ...details, circular: null, list: null, text: null }).toEqual({
    circular: null,
    date: '1970-01-01T00:00:00.000Z',
    bytes: '[3 bytes]',
    big: '5',
    url: 'https://example.com/?password=[redacted]',
    list: null,
    text: null,
  });
  expect(JSON.stringify(details).length).toBeLessThan(9_500);
});

test('a planted secret reaches neither database nor file nor listener', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'leadferry-secret-'));
  const db = openDatabase(':memory:');
  const listeners = createLogListeners();
  const heard: unknown[] = [];
  listeners.subscribe((entry) => heard.push(entry));
  const log = createLog({
    clock: fakeClock(),
    redactor: redactorWith(secret),
    sinks: [createDatabaseSink(db), createFileSink({ directory }), listeners],
  });

  const plants = [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString(), basic('user'), JSON.stringify(secret)];
  for (const plant of plants) {
    log.write({
      level: 'error',
      event: `odd.${plant}`,
      message: `The service said: ${plant}`,
      person: { email: plant, activeCampaignId: plant, dynamics: { entity: 'lead', id: plant } },
      details: {
        [plant]: plant,
        nested: [{ words: plant, error: new Error(plant), set: new Set([plant]) }],
        authorization: 'unknown-value',
      },
    });
  }
  await log.close();

  const everything = [
    JSON.stringify(db.prepare('SELECT * FROM log_entry').all()),
    readFileSync(join(directory, 'leadferry.log'), 'utf8'),
    JSON.stringify(heard),
  ];
  rmSync(directory, { recursive: true });
  const core = Buffer.from(secret.slice(3, 12)).toString('base64').slice(0, 10);
  for (const text of everything) {
    expect(text.match(/odd\./g)).toHaveLength(plants.length);
    for (const leak of ['p4ss', 'w+rd', 'w%2Brd', 'more~', core, 'unknown-value']) expect(text).not.toContain(leak);
  }
});
