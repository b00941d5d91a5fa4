import { type AddressProblem, readAddress } from '../http/url-rules.ts';

const example = 'https://acme.api-us1.com';

export type ApiAddress =
  | { readonly kind: 'accepted' /** Without a trailing slash and without /api/3. */; readonly baseUrl: string }
  | { readonly kind: 'refused'; readonly problem: AddressProblem };

/**
 * The API address as ActiveCampaign shows it under Settings > Developer, with or without `/api/3` and a trailing slash.
 * It is never built from an account name: hosts differ by region (https://developers.activecampaign.com/reference/url).
 */
export function readApiUrl(text: string): ApiAddress {
  const reading = readAddress(text, example);
  if (reading.kind === 'refused') return reading;
  const { url } = reading;
  const path = url.pathname.replace(/\/+$/, '');
  if ((path === '' || path.toLowerCase() === '/api/3') && url.search === '' && url.hash === '') {
    return { kind: 'accepted', baseUrl: url.origin };
  }
  return {
    kind: 'refused',
    problem: {
      message: `"${text.trim()}" is not the address of the ActiveCampaign API.`,
      advice: `Copy the URL that ActiveCampaign shows under Settings > Developer, such as ${example}.`,
    },
  };
}
