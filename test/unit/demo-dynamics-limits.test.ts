import { describe, expect, it } from 'vitest';
import { users } from '../../main/demo/dynamics/environment.ts';
import { dataverseProtection } from '../../main/demo/dynamics/variant.ts';
import { sampleApplication } from '../../main/demo/entra/directory.ts';
import { signToken } from '../../main/demo/entra/tokens.ts';
import { anyString, origin, root, testEnvironment, textLike } from './demo-dynamics-environment.ts';

const limits = { ...dataverseProtection, requests: 3 };

describe('service protection', () => {
  it('refuses more requests than the window allows, for longer the more keep coming', async () => {
    const { get, clock } = testEnvironment({ variant: { serviceProtection: limits } });
    const seen: unknown[] = [];
    for (let number = 0; number < 5; number += 1) {
      const answer = await get('WhoAmI');
      seen.push(
        answer.status === 200
          ? answer.headers['x-ms-ratelimit-burst-remaining-xrm-requests']
          : [answer.error().code, answer.headers['retry-after']],
      );
      clock.time += 10_000;
    }
    clock.time += 260_000;
    seen.push((await get('WhoAmI')).status);
    expect(seen).toEqual(['2', '1', '0', ['0x80072322', '271'], ['0x80072322', '262'], 200]);
  });

  it('refuses too much execution time', async () => {
    const environment = testEnvironment({
      variant: { serviceProtection: { ...limits, executionMs: 5_000 } },
      latency: () => {
        environment.clock.time += 4_000;
        return Promise.resolve();
      },
    });
    const statuses = [await environment.get('WhoAmI'), await environment.get('WhoAmI'), await environment.get('WhoAmI')];
    expect(statuses.map((answer) => (answer.status === 200 ? 200 : answer.error().code))).toEqual([200, 200, '0x80072321']);
  });

  it('refuses too many requests at once', async () => {
    let finish = () => {};
    const busy = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { get } = testEnvironment({ variant: { serviceProtection: { ...limits, concurrentRequests: 1 } }, latency: () => busy });
    const first = get('WhoAmI');
    const second = await get('WhoAmI');
    finish();
    expect([(await first).status, second.status, second.error().code]).toEqual([200, 429, '0x80072326']);
  });

  it.each([
    { throttlesInsideBatch: false, expected: [200, [200, 200, 200, 200]] },
    { throttlesInsideBatch: true, expected: [200, [200, 200, 200, 429]] },
  ])('counts a batch as one request, or each request in it ($throttlesInsideBatch)', async ({ throttlesInsideBatch, expected }) => {
    const { send } = testEnvironment({ variant: { serviceProtection: limits, throttlesInsideBatch } });
    const part = '--b\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n';
    const answer = await send('POST', '$batch', {
      body: `${part.repeat(4)}--b--\r\n`,
      headers: { 'content-type': 'multipart/mixed; boundary=b', prefer: 'odata.continue-on-error' },
    });
    expect([answer.status, [...answer.body.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map((match) => Number(match[1]))]).toEqual(expected);
  });
});

describe('who may come in', () => {
  const bearer = (claims: Record<string, unknown>) => ({ authorization: `Bearer ${signToken(claims)}` });

  it('answers with a challenge that names authority and resource', async () => {
    const { dynamics } = testEnvironment();
    const answer = await dynamics.handle({ method: 'GET', url: `${root}WhoAmI`, headers: {} });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      textLike(/^Bearer authorization_uri=https:\/\/login\.microsoftonline\.com\/.+, resource_id=https:\/\/acme\.crm\.dynamics\.com\/$/),
    ]);
  });

  it('refuses tokens that are forged, expired or meant for another environment, and users it does not know', async () => {
    const { get, clock } = testEnvironment();
    const exp = clock.time / 1_000 + 60;
    const known = { aud: origin, exp, oid: sampleApplication.objectId, name: 'Leadferry' };
    const statuses = [
      (await get('WhoAmI', { authorization: `${bearer(known).authorization}x` })).status,
      (await get('WhoAmI', bearer({ ...known, exp: clock.time / 1_000 }))).status,
      (await get('WhoAmI', bearer({ ...known, aud: 'https://other.crm.dynamics.com' }))).status,
      (await get('WhoAmI', bearer({ ...known, oid: 'unknown' }))).error().code,
    ];
    expect(statuses).toEqual([401, 401, 401, '0x80072560']);
  });

  it('is told who it is', async () => {
    const { get } = testEnvironment();
    expect((await get('WhoAmI')).json()).toMatchObject({ UserId: users.application, OrganizationId: anyString });
  });

  it('gets the service’s own time and the id of the request with every answer', async () => {
    const { get } = testEnvironment();
    expect((await get('nosuch')).headers).toMatchObject({
      date: 'Wed, 10 Jun 2026 12:00:00 GMT',
      'x-ms-service-request-id': anyString,
      req_id: anyString,
    });
  });
});
