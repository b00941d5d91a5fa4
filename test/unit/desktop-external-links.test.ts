import { expect, test } from 'vitest';
import { isAppUrl } from '../../main/electron/app-url.ts';
import { mayOpenExternally, mayOpenForSignIn } from '../../main/electron/external-links.ts';

test.each([
  ['https://learn.microsoft.com/power-platform/admin/manage-application-users', true],
  ['https://help.activecampaign.com/hc/en-us', true],
  ['http://learn.microsoft.com/', false],
  ['https://learn.microsoft.com.example/', false],
  ['https://learn.microsoft.com@example.com/', false],
  ['https://learn.microsoft.com:8443/', false],
  ['https://user@learn.microsoft.com/', false],
  ['file:///etc/passwd', false],
  ['ms-settings:', false],
  ['javascript:alert(1)', false],
  ['not an address', false],
])('the system browser may open %s: %s', (url, allowed) => {
  expect(mayOpenExternally(url)).toBe(allowed);
});

test.each([
  ['leadferry://app/', true],
  ['leadferry://app/assets/index.js', true],
  ['leadferry://app.example/', false],
  ['leadferry://other/', false],
  ['leadferry://user@app/', false],
  ['https://app/', false],
  ['about:blank', false],
  ['', false],
])('%s is the app’s own: %s', (url, own) => {
  expect(isAppUrl(url)).toBe(own);
});

test.each([
  ['https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?x=1', undefined, true],
  ['https://login.microsoftonline.us/t/oauth2/v2.0/authorize', undefined, true],
  ['https://login.microsoftonline.com.example/', undefined, false],
  ['http://login.microsoftonline.com/', undefined, false],
  ['https://learn.microsoft.com/', undefined, false],
  ['http://127.0.0.1:4000/organizations', undefined, false],
  ['http://127.0.0.1:4000/organizations', 'http://127.0.0.1:4000', true],
  ['http://127.0.0.1:4001/organizations', 'http://127.0.0.1:4000', false],
  ['https://login.microsoftonline.com/', 'http://127.0.0.1:4000', false],
  ['https://login.example/', 'https://login.example', false],
])('a sign-in may open %s (LEADFERRY_ENTRA_URL %s): %s', (url, entraUrl, allowed) => {
  expect(mayOpenForSignIn(url, entraUrl)).toBe(allowed);
});
