import { type AddressProblem, readAddress } from '../http/url-rules.ts';

const example = 'https://acme.crm.dynamics.com';

export type EnvironmentAddress =
  | { readonly kind: 'accepted' /** Without a trailing slash and without a path. */; readonly origin: string }
  | { readonly kind: 'refused'; readonly problem: AddressProblem };

/** What people copy from the browser or from the developer resources page; all of it names the same environment. */
const knownPaths = [/^\/?$/, /^\/main\.aspx$/i, /^\/apps\b/i, /^\/api\/data(\/v\d+\.\d+)?\/?$/i];

/** The address of an environment, as its users see it in the browser or as the Web API endpoint is shown to developers. */
export function readEnvironmentUrl(text: string): EnvironmentAddress {
  const reading = readAddress(text, example);
  if (reading.kind === 'refused') return reading;
  if (knownPaths.some((path) => path.test(reading.url.pathname))) return { kind: 'accepted', origin: reading.url.origin };
  return {
    kind: 'refused',
    problem: {
      message: `"${text.trim()}" is not the address of a Dynamics 365 environment.`,
      advice: `Enter the first part of the address that Dynamics 365 shows in the browser, such as ${example}.`,
    },
  };
}
