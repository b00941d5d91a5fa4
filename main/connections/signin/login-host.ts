import { type AddressReading, isLoopback, readAddress } from '../http/url-rules.ts';

/** Where the sign-in of an environment takes place, by the cloud that its host belongs to (msal-common, AuthorityMetadata). */
export function loginOriginFor(environmentOrigin: string): string {
  const { hostname } = new URL(environmentOrigin);
  if (hostname.endsWith('.microsoftdynamics.us') || hostname.endsWith('.appsplatform.us')) return 'https://login.microsoftonline.us';
  if (hostname.endsWith('.dynamics.cn')) return 'https://login.partner.microsoftonline.cn';
  return 'https://login.microsoftonline.com';
}

/** `LEADFERRY_ENTRA_URL` (contracts, section 4): stands in for the sign-in service, on a loopback address only. */
export function readEntraUrl(text: string): AddressReading {
  const example = 'http://127.0.0.1:8080';
  const reading = readAddress(text, example);
  if (reading.kind === 'accepted' && isLoopback(reading.url)) return reading;
  return {
    kind: 'refused',
    problem: {
      message: `LEADFERRY_ENTRA_URL is "${text.trim()}", which is no address on this machine.`,
      advice: `Set it to a loopback address such as ${example}, or remove it.`,
    },
  };
}
