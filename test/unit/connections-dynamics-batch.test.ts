import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundaryOf, parseBatch } from '../../main/connections/dynamics/batch-parser.ts';
import { firstBatchSize, nextBatchSize } from '../../main/connections/dynamics/batch-size.ts';
import { writeBatch } from '../../main/connections/dynamics/batch-writer.ts';

/** A batch answer as Dataverse writes one. */
function answerBody(boundary: string, answers: readonly { status: number; headers?: Record<string, string>; body?: string }[]): string {
  const parts = answers.map(({ status, headers = {}, body }) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `HTTP/1.1 ${status} Some Reason`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      body ?? '',
      '',
    ].join('\r\n'),
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}

describe('writing a batch', () => {
  test('one part a request, with CRLF line ends', () => {
    const body = writeBatch(
      [
        { method: 'GET', path: 'leads(1)?$select=a', headers: { Accept: 'application/json' } },
        { method: 'PATCH', path: 'leads(2)', headers: { 'If-None-Match': '*' }, body: { lastname: "O'Brien ✓" } },
      ],
      '/api/data/v9.2/',
      'b1',
    );
    expect(body).toBe(
      [
        '--b1',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        '',
        'GET /api/data/v9.2/leads(1)?$select=a HTTP/1.1',
        'Accept: application/json',
        '',
        '',
        '--b1',
        'Content-Type: application/http',
        'Content-Transfer-Encoding: binary',
        '',
        'PATCH /api/data/v9.2/leads(2) HTTP/1.1',
        'If-None-Match: *',
        'Content-Type: application/json; type=entry',
        '',
        '{"lastname":"O\'Brien ✓"}',
        '--b1--',
        '',
      ].join('\r\n'),
    );
  });
});

describe('reading a batch answer', () => {
  test('any list of answers comes back in its order', () => {
    const answers = fc.array(
      fc.record({
        status: fc.constantFrom(200, 204, 404, 412, 429),
        headers: fc.constantFrom({}, { 'Retry-After': '5' }, { ETag: 'W/"1"', 'OData-Version': '4.0' }),
        body: fc.json({ depthSize: 'small' }),
      }),
    );
    fc.assert(
      fc.property(answers, (sent) => {
        expect(parseBatch(answerBody('batchresponse_1', sent), 'batchresponse_1')).toEqual(
          sent.map(({ status, headers, body }) => ({
            status,
            headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
            body: body.trim(),
          })),
        );
      }),
    );
  });

  test('an answer that was cut loses the part that was cut, never one before it', () => {
    const whole = answerBody('b', [
      { status: 200, body: '{"a":1}' },
      { status: 204 },
      { status: 412, body: '{"error":{"code":"0x80040237","message":"there"}}' },
    ]);
    const complete = parseBatch(whole, 'b');
    for (let length = 0; length < whole.length; length += 1) {
      const parsed = parseBatch(whole.slice(0, length), 'b');
      expect(parsed).toEqual(complete.slice(0, parsed.length));
    }
    expect(complete.map(({ status }) => status)).toEqual([200, 204, 412]);
  });

  test('a body that quotes the boundary inside a line is not cut there', () => {
    const [answer] = parseBatch(answerBody('b', [{ status: 200, body: '{"text":"--b and --b--"}' }]), 'b');
    expect(answer?.body).toBe('{"text":"--b and --b--"}');
  });

  test('bare line feeds and a preamble are understood', () => {
    const body = `ignored\n--b\nContent-Type: application/http\n\nHTTP/1.1 204 No Content\nRetry-After: 3\n\n\n--b--\n`;
    expect(parseBatch(body, 'b')).toEqual([{ status: 204, headers: { 'retry-after': '3' }, body: '' }]);
  });

  test.each([
    ['multipart/mixed; boundary=batchresponse_1', 'batchresponse_1'],
    ['multipart/mixed; boundary="batch response"; charset=utf-8', 'batch response'],
    ['Multipart/Mixed;charset=utf-8;Boundary=x', 'x'],
    ['application/json', null],
    ['multipart/mixed', null],
  ])('the boundary of %s is %s', (contentType, boundary) => {
    expect(boundaryOf(contentType)).toBe(boundary);
  });
});

describe('the size of the next batch', () => {
  test('grows to a hundred while the service is quick', () => {
    const sizes = [firstBatchSize];
    for (let batch = 0; batch < 4; batch += 1) sizes.push(nextBatchSize(sizes.at(-1) ?? 0, { kind: 'answered', tookMs: 800 }));
    expect(sizes).toEqual([20, 40, 80, 100, 100]);
  });

  test('halves when the service is slow, throttles or times out, down to five', () => {
    const slow = nextBatchSize(80, { kind: 'answered', tookMs: 45_000 });
    const throttled = nextBatchSize(80, { kind: 'throttled-or-timed-out' });
    const least = nextBatchSize(5, { kind: 'throttled-or-timed-out' });
    expect([slow, throttled, least]).toEqual([40, 40, 5]);
  });

  test('stays as it is in between', () => {
    expect(nextBatchSize(40, { kind: 'answered', tookMs: 12_000 })).toBe(40);
  });
});
