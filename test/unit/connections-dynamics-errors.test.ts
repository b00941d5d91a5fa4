import { describe, expect, test } from 'vitest';
import { errorOf, judge } from '../../main/connections/dynamics/errors.ts';

const host = 'acme.crm4.dynamics.com';

function refusal(status: number, code: string, message = 'words of the service', headers: Record<string, string> = {}) {
  return { status, headers, body: JSON.stringify({ error: { code, message } }) };
}

describe('what an answer of Dynamics means', () => {
  test.each([
    ['0x80040217', 404, 'not-found'],
    ['0x80060891', 404, 'not-found'],
    ['0x8006088a', 404, 'not-available'],
    ['0x80040237', 412, 'already-exists'],
    ['0x80060892', 412, 'already-exists'],
    ['0x80040333', 500, 'already-exists'],
    ['0x80060882', 412, 'changed-meanwhile'],
    ['0x80040220', 403, 'no-right'],
    ['0x80048306', 403, 'no-right'],
    ['0x8004f507', 403, 'no-right'],
    ['0x80042f09', 403, 'bad-credentials'],
    ['0x80072560', 403, 'bad-credentials'],
    ['0x8004a112', 403, 'bad-credentials'],
    ['0x80044331', 400, 'refused-value'],
    ['0x8004431a', 400, 'refused-value'],
    ['0x80048408', 400, 'refused-value'],
    ['0x80040265', 500, 'refused-value'],
    ['0x80044352', 400, 'cursor-expired'],
    ['0x80044352', 410, 'cursor-expired'],
    ['0x80072491', 400, 'not-available'],
    ['0x80040224', 500, 'service-down'],
    ['', 400, 'refused-value'],
    ['0x0', 403, 'no-right'],
    ['0x0', 401, 'bad-credentials'],
    ['0x80072322', 429, 'too-many-requests'],
  ])('%s with status %i is %s', (code, status, expected) => {
    expect(errorOf(refusal(status, code), host, 'read the leads').code).toBe(expected);
  });

  test('codes are compared without regard to case', () => {
    expect(errorOf(refusal(403, '0x8004F507'), host, 'update a lead').code).toBe('no-right');
  });

  test('an expired version stamp is known by its words where the code is missing', () => {
    const words = 'Version stamp associated with the client has expired. Please perform a full sync.';
    expect(errorOf(refusal(400, '', words), host, 'read the changed leads').code).toBe('cursor-expired');
  });

  test('a web page, a redirect and another program are not the service', () => {
    const answers = [
      { status: 404, headers: {}, body: '<html></html>' },
      { status: 302, headers: { location: 'https://login.microsoftonline.com/x' }, body: '' },
      { status: 404, headers: {}, body: '{"message":"no route"}' },
    ];
    expect(answers.map((answer) => errorOf(answer, host, 'read').code)).toEqual(['not-the-service', 'not-the-service', 'not-the-service']);
  });

  test('one row that fails is that row refused; a service that cannot answer is the service', () => {
    const answers = [refusal(500, '0x80040224'), refusal(500, '0x80044151'), refusal(503, ''), refusal(429, '0x80072322')];
    const codes = answers.map((answer) => errorOf(answer, host, 'update a lead', 'record').code);
    expect(codes).toEqual(['refused-value', 'refused-value', 'service-down', 'too-many-requests']);
  });

  test('the missing right is named', () => {
    const words = 'Principal user (Id=1) is missing prvReadLead privilege (Id=2) on OTC=4 for entity lead';
    expect(errorOf(refusal(403, '0x80040220', words, { 'x-ms-service-request-id': 'r-1' }), host, 'read the leads').details).toEqual({
      service: 'dynamics',
      code: 'no-right',
      message: `Dynamics 365 did not allow to read the leads (missing right: prvReadLead): ${words}.`,
      advice: 'Ask a Dynamics 365 administrator to add the right to the security role of the user or of the application user.',
      status: 403,
      serviceMessage: words,
      serviceCode: '0x80040220',
      requestId: 'r-1',
    });
  });
});

describe('which answers are no answers yet', () => {
  test.each([
    ['429', refusal(429, '0x80072322', '', { 'retry-after': '17' }), { kind: 'throttled', retryAfterMs: 17_000 }],
    ['a throttling code with another status', refusal(503, '0x80072321'), { kind: 'throttled', retryAfterMs: null }],
    ['503', refusal(503, ''), { kind: 'unavailable', retryAfterMs: null }],
    ['an SQL time-out', refusal(500, '0x80044151'), { kind: 'unavailable', retryAfterMs: null }],
    ['a locked row', refusal(400, '0x80043b1d'), { kind: 'unavailable', retryAfterMs: null }],
    ['JSON that was cut off', { status: 200, headers: {}, body: '{"value":[' }, { kind: 'unavailable', retryAfterMs: null }],
    ['a refusal by a plugin', refusal(500, '0x80040265'), null],
    ['rows', { status: 200, headers: {}, body: '{"value":[]}' }, null],
    ['nothing', { status: 204, headers: {}, body: '' }, null],
  ])('%s', (_, answer, trouble) => {
    expect(judge(answer, 0)).toEqual(trouble);
  });
});
