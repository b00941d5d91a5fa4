import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** Who a token speaks for: the object id of a user or of an application's service principal. */
export interface TokenUser {
  readonly objectId: string;
  readonly name: string;
}

export interface TokenIdentity {
  /** Origin of the service that the token is meant for. */
  readonly audience: string;
  readonly user: TokenUser;
}

/** Reads an `Authorization` header; null where it holds no token that is valid now. */
export type VerifyToken = (authorization: string | undefined) => TokenIdentity | null;

/** Signs sample tokens. It guards nothing but sample data, and tokens stay good when the demo starts again. */
const sampleKey = 'leadferry sample tenant';

/** A signed JSON web token. MSAL reads the claims of id tokens and verifies no signature: they come to it straight from the service. */
export function signToken(claims: Readonly<Record<string, unknown>>): string {
  const content = `${encoded({ typ: 'JWT', alg: 'HS256' })}.${encoded(claims)}`;
  return `${content}.${signatureOf(content)}`;
}

/** The claims of a token that `signToken` made; null for anything else. */
export function readToken<Claims extends z.ZodType>(token: string, claims: Claims): z.output<Claims> | null {
  const [header = '', payload = '', signature] = token.split('.');
  if (signatureOf(`${header}.${payload}`) !== signature) return null;
  const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : null;
}

export const encoded = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

const signatureOf = (content: string) => createHmac('sha256', sampleKey).update(content).digest('base64url');

const accessClaims = z.object({
  aud: z.string(),
  /** Seconds since the epoch. */
  exp: z.number(),
  oid: z.string(),
  name: z.string(),
});

export function tokenVerifier(clock: { now(): number }): VerifyToken {
  return (authorization) => {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const claims = token === undefined ? null : readToken(token, accessClaims);
    if (claims === null || claims.exp * 1_000 <= clock.now()) return null;
    return { audience: claims.aud, user: { objectId: claims.oid, name: claims.name } };
  };
}
