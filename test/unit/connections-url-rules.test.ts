import { describe, expect, test } from 'vitest';
import { readApiUrl } from '../../main/connections/activecampaign/address.ts';
import { readEnvironmentUrl } from '../../main/connections/dynamics/address.ts';
import { sameOriginLink } from '../../main/connections/http/url-rules.ts';
import { loginOriginFor, readEntraUrl } from '../../main/connections/signin/login-host.ts';

describe('the address of the ActiveCampaign API', () => {
  test.each([
    'https://acme.api-us1.com',
    'https://acme.api-us1.com/',
    'https://acme.api-us1.com/api/3',
    'https://acme.api-us1.com/api/3/',
    '  HTTPS://Acme.Api-US1.com/API/3//  ',
  ])('%s', (text) => {
    expect(readApiUrl(text)).toEqual({ kind: 'accepted', baseUrl: 'https://acme.api-us1.com' });
  });

  test('may be unencrypted on this machine alone', () => {
    const accepted = ['http://127.0.0.1:8080/api/3', 'http://localhost:8080', 'http://[::1]:8080', 'http://127.1:8080'].map(
      (text) => readApiUrl(text).kind,
    );
    expect(accepted).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  });

  test.each([
    ['nothing', '', 'No address was given.'],
    ['a bare host', 'acme.api-us1.com', '"acme.api-us1.com" is not a complete address.'],
    ['no encryption', 'http://acme.api-us1.com', '"http://acme.api-us1.com" is not encrypted.'],
    ['a host that only begins like loopback', 'http://127.0.0.1.evil.example', '"http://127.0.0.1.evil.example" is not encrypted.'],
    ['a host that hides behind loopback', 'http://127.0.0.1@evil.example', 'The address holds a user name or a password.'],
    ['another protocol', 'ftp://acme.api-us1.com', '"ftp://acme.api-us1.com" does not begin with https://.'],
    ['a script', 'javascript:alert(1)', '"javascript:alert(1)" does not begin with https://.'],
    [
      'a page of the application',
      'https://acme.activehosted.com/app/contacts',
      '"https://acme.activehosted.com/app/contacts" is not the address of the ActiveCampaign API.',
    ],
  ])('is refused for %s', (_, text, message) => {
    expect(readApiUrl(text)).toMatchObject({ kind: 'refused', problem: { message } });
  });
});

describe('the address of a Dynamics environment', () => {
  test.each([
    'https://acme.crm4.dynamics.com',
    'https://acme.crm4.dynamics.com/api/data/v9.2/',
    'https://acme.crm4.dynamics.com/main.aspx?appid=0e0b2a3c&pagetype=entitylist',
  ])('%s', (text) => {
    expect(readEnvironmentUrl(text)).toEqual({ kind: 'accepted', origin: 'https://acme.crm4.dynamics.com' });
  });

  test('is refused with another path', () => {
    expect(readEnvironmentUrl('https://acme.crm4.dynamics.com/elsewhere').kind).toBe('refused');
  });
});

describe('a link in an answer', () => {
  const origin = 'https://acme.crm4.dynamics.com';

  test('is followed to the same origin exactly as it came', () => {
    const link = 'https://acme.crm4.dynamics.com/api/data/v9.2/leads?$select=a&$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E';
    expect(sameOriginLink(link, origin)).toBe(link);
  });

  test.each([
    'https://acme.crm4.dynamics.com.evil.example/api',
    'https://acme.crm4.dynamics.com@evil.example/api',
    'https://user:pass@acme.crm4.dynamics.com/api',
    'http://acme.crm4.dynamics.com/api',
    'https://acme.crm4.dynamics.com:8443/api',
    '//acme.crm4.dynamics.com/api',
    '/api/data/v9.2/leads',
    'https://other.crm4.dynamics.com/api',
    'javascript:alert(1)',
    '',
  ])('is not followed: %s', (link) => {
    expect(sameOriginLink(link, origin)).toBeNull();
  });
});

describe('the sign-in service', () => {
  test.each([
    ['https://acme.crm4.dynamics.com', 'https://login.microsoftonline.com'],
    ['https://acme.crm9.dynamics.com', 'https://login.microsoftonline.com'],
    ['https://acme.crm.microsoftdynamics.us', 'https://login.microsoftonline.us'],
    ['https://acme.crm.appsplatform.us', 'https://login.microsoftonline.us'],
    ['https://acme.crm.dynamics.cn', 'https://login.partner.microsoftonline.cn'],
    ['https://dynamics.cn.evil.example', 'https://login.microsoftonline.com'],
  ])('of %s is %s', (environment, login) => {
    expect(loginOriginFor(environment)).toBe(login);
  });

  test('can be replaced by a loopback address only', () => {
    const readings = ['http://127.0.0.1:4000', 'https://login.evil.example', 'http://login.evil.example'].map(
      (text) => readEntraUrl(text).kind,
    );
    expect(readings).toEqual(['accepted', 'refused', 'refused']);
  });
});
