import { describe, expect, test } from 'vitest';
import { errorOf, judge } from '../../main/connections/activecampaign/errors.ts';
import type { HttpRequest, HttpResponse } from '../../main/connections/http/transport.ts';

const request: HttpRequest = { method: 'POST', url: 'https://acme.api-us1.com/api/3/contactTags', headers: { 'api-token': 'secret-key' } };

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

describe('what an answer of ActiveCampaign means', () => {
  test.each([
    ['a person that is gone', answer(404, { message: 'No Result found for Subscriber with id 1' }), 'not-found'],
    [
      'an e-mail that another one has',
      answer(422, { errors: [{ title: 'Email address already exists in the system', code: 'duplicate' }] }),
      'already-exists',
    ],
    ['an e-mail that is none', answer(422, { errors: [{ title: 'Email address is not valid.', code: 'email_invalid' }] }), 'refused-value'],
    ['an error without a code', answer(422, { errors: [{ title: 'No tag id provided' }] }), 'refused-value'],
    [
      'a sync without an e-mail',
      answer(400, { errors: [{ status: 400, title: 'Bad Request', detail: 'Contact email must be provided' }] }),
      'refused-value',
    ],
    ['a right that is missing, as JSON', answer(403, { message: 'Forbidden' }), 'no-right'],
    ['a right that is missing, as text', answer(403, 'Forbidden'), 'no-right'],
    ['no key', answer(401, { message: 'Unauthorized' }), 'bad-credentials'],
    ['a failure', answer(500, { message: 'Internal error' }), 'service-down'],
    ['a failure as a web page', answer(500, '<html><h1>500</h1></html>'), 'service-down'],
    ['a redirect to a login page', answer(302, '', { location: 'https://www.activecampaign.com/login' }), 'not-the-service'],
    ['a web page', answer(404, '<html>Not found</html>'), 'not-the-service'],
    ['a firewall', answer(403, '<html>Blocked</html>'), 'not-the-service'],
    ['an error of another program', answer(404, { fault: 'no such path' }), 'not-the-service'],
  ])('%s', (_, response, code) => {
    expect(errorOf(response, request, 'give a contact a tag', 'service').code).toBe(code);
  });

  test('the error carries the words, the code and the id of the request, and no key', () => {
    const response = answer(
      422,
      { errors: [{ title: 'Duplicate', detail: 'Email exists', code: 'duplicate' }] },
      { 'x-request-id': 'r-1' },
    );
    const { details } = errorOf(response, request, 'change a contact', 'record');
    expect(details).toEqual({
      service: 'activeCampaign',
      code: 'already-exists',
      message: 'ActiveCampaign refused to change a contact, because there is one already: Email exists.',
      advice: 'Look for the other one in ActiveCampaign.',
      status: 422,
      serviceMessage: 'Email exists',
      serviceCode: 'duplicate',
      requestId: 'r-1',
    });
  });

  test('a failure about one record is that record refused; a failure without words is the service', () => {
    const [ownFailure, outage] = [answer(500, { message: 'Could not process request' }), answer(500, '<html>500</html>')];
    const codes = [ownFailure, outage].map((response) => errorOf(response, request, 'change a contact', 'record').code);
    expect(codes).toEqual(['refused-value', 'service-down']);
  });

  test('a redirect is named by its host alone', () => {
    const error = errorOf(answer(302, '', { location: 'https://login.example/?token=abc' }), request, 'read', 'service');
    expect(error.message).toBe('What answers at acme.api-us1.com is not the ActiveCampaign API: it sent a redirect to login.example.');
  });
});

describe('which answers are no answers yet', () => {
  test.each([
    ['429 with a pause', answer(429, '', { 'retry-after': '30' }), { kind: 'throttled', retryAfterMs: 30_000 }],
    ['429 without one', answer(429, 'Too Many Requests'), { kind: 'throttled', retryAfterMs: null }],
    [
      'the quota of the import, a 400',
      answer(400, { success: 0, message: 'Rate limit exceeded.', failureReasons: ['Rate limit exceeded.'] }),
      { kind: 'throttled', retryAfterMs: 20_000 },
    ],
    ['503', answer(503, '<html></html>'), { kind: 'unavailable', retryAfterMs: null }],
    ['403, which good keys get now and then', answer(403, { message: 'Forbidden' }), { kind: 'sporadic-refusal' }],
    ['JSON that was cut off', answer(200, '{"contacts":[{"id":"1"'), { kind: 'unavailable', retryAfterMs: null }],
    ['an answer', answer(200, { contacts: [] }), null],
    ['a refusal', answer(422, { errors: [] }), null],
  ])('%s', (_, response, trouble) => {
    expect(judge(response, 0)).toEqual(trouble);
  });
});
