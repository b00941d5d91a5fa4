/** What an address that a person typed, or a link that a service sent, must be like. Always judged on the parsed URL, never on a prefix. */

/** Why an address cannot be used: one sentence each for what is wrong and what to do. */
export interface AddressProblem {
  readonly message: string;
  readonly advice: string;
}

export type AddressReading =
  | { readonly kind: 'accepted'; readonly url: URL }
  | { readonly kind: 'refused'; readonly problem: AddressProblem };

/** True for `localhost`, 127.0.0.0/8 and ::1, as the URL parser writes them (it normalises 0x7f.1 and the like beforehand). */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/**
 * Reads an address: `https` anywhere, `http` only on a loopback address, no user name or password inside.
 * @param text What the person typed; spaces around it are ignored.
 * @param example A right address, quoted in the advice.
 */
export function readAddress(text: string, example: string): AddressReading {
  const refused = (message: string, advice = `Enter an address such as ${example}.`): AddressReading => ({
    kind: 'refused',
    problem: { message, advice },
  });
  const trimmed = text.trim();
  if (trimmed === '') return refused('No address was given.');
  const url = URL.parse(trimmed);
  if (url === null) return refused(`"${trimmed}" is not a complete address.`);
  if (url.username !== '' || url.password !== '') {
    return refused('The address holds a user name or a password.', `Enter the address alone, such as ${example}.`);
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return { kind: 'accepted', url };
  if (url.protocol === 'http:') {
    return refused(
      `"${trimmed}" is not encrypted.`,
      'Begin the address with https://. Plain http:// is accepted only on this machine itself.',
    );
  }
  return refused(`"${trimmed}" does not begin with https://.`);
}

/**
 * A link in an answer as it stands, if it leads to the service that sent it: a token must never follow a link to another host.
 * @returns `link` unchanged (a paging cookie does not survive re-encoding), or null where it leads elsewhere or is no URL.
 */
export function sameOriginLink(link: string, origin: string): string | null {
  const url = URL.parse(link);
  if (url === null || url.username !== '' || url.password !== '') return null;
  return url.origin === new URL(origin).origin ? link : null;
}
