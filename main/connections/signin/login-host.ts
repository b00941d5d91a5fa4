import { type Cloud, cloudOf } from '../../../shared/cloud.ts';
import { ServiceError } from '../errors.ts';
import { type AddressReading, isLoopback, readAddress } from '../http/url-rules.ts';

/** Where people of a cloud sign in (msal-common, AuthorityMetadata). GCC signs in where everybody else does. */
const loginOrigins: Readonly<Record<Cloud, string>> = {
  commercial: 'https://login.microsoftonline.com',
  gcc: 'https://login.microsoftonline.com',
  gccHigh: 'https://login.microsoftonline.us',
  dod: 'https://login.microsoftonline.us',
  china: 'https://login.partner.microsoftonline.cn',
};

export const loginOriginOf = (cloud: Cloud): string => loginOrigins[cloud];

/** Where the sign-in of an environment takes place, by the cloud that its host belongs to. */
export const loginOriginFor = (environmentOrigin: string): string => loginOrigins[cloudOf(environmentOrigin)];

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

/**
 * The loopback origin that sign-in traffic goes to instead; null where it goes to Microsoft.
 * @throws ServiceError where `LEADFERRY_ENTRA_URL` names no address on this machine.
 */
export function redirectTarget(entraUrl: string | undefined): string | null {
  if (entraUrl === undefined) return null;
  const reading = readEntraUrl(entraUrl);
  if (reading.kind === 'accepted') return reading.url.origin;
  throw new ServiceError({ service: 'dynamics', code: 'not-the-service', ...reading.problem });
}
