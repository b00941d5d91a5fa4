/**
 * How a secret can look inside a text that a library or a service has made of it: as it is, in a URL, in a form, in JSON (also JSON
 * within JSON), and within something encoded as base64 (an `Authorization: Basic` header holds it after a user name).
 */
export function secretForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const encoded = [
    encodeURIComponent(secret),
    // RFC 3986 encodes these as well; some clients do.
    encodeURIComponent(secret).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  const forms = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    ...encoded,
    ...encoded.map((form) => form.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())),
    ...base64Cores(secret).flatMap((core) => [core, core.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
  return [...new Set(forms)];
}

/** A base64 core shorter than this would be found in innocent words. */
const shortestCore = 6;

/**
 * The characters that base64 gives for the secret wherever it starts: each holds six bits, so they depend on the position within a
 * group of three bytes, and those at both ends hold bits of the neighbours too and are left out.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2]
    .map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      const whole = Math.floor(((offset + bytes.length) * 8) / 6);
      return text.slice(Math.ceil((offset * 8) / 6), whole);
    })
    .filter((core) => core.length >= shortestCore);
}
