import { ServiceError, type ServiceErrorCode } from '../errors.ts';

/** What a sign-in was tried with, for messages. */
export interface SignInSubject {
  readonly tenantId: string;
  readonly clientId: string;
  readonly environmentOrigin: string;
}

interface Meaning {
  readonly code: ServiceErrorCode;
  readonly message: (subject: SignInSubject) => string;
  readonly advice: string;
}

const registration = 'in the Microsoft Entra admin center under App registrations';

const wrongTenant: Meaning = {
  code: 'bad-credentials',
  message: ({ tenantId }) => `Microsoft Entra knows no tenant "${tenantId}".`,
  advice: 'Copy the Directory (tenant) ID from the Microsoft Entra admin center, or use a domain of the organisation.',
};

const unknownApplication: Meaning = {
  code: 'bad-credentials',
  message: ({ clientId, tenantId }) => `The application with the client id ${clientId} does not exist in the tenant "${tenantId}".`,
  advice: `Copy the Application (client) ID ${registration}, and check that the tenant is the one of that registration.`,
};

const noConsent: Meaning = {
  code: 'bad-credentials',
  message: ({ clientId }) => `Nobody has agreed yet to what the application ${clientId} may do in this organisation.`,
  advice: `An administrator must grant consent ${registration} > API permissions.`,
};

const unknownEnvironment: Meaning = {
  code: 'bad-credentials',
  message: ({ environmentOrigin, tenantId }) => `The tenant "${tenantId}" has no Dynamics 365 environment at ${environmentOrigin}.`,
  advice: 'Check the environment address, and that the tenant is the one that the environment belongs to.',
};

const blocked: Meaning = {
  code: 'bad-credentials',
  message: () => 'A rule of the organisation (Conditional Access) blocks this sign-in.',
  advice: 'Ask the administrator of Microsoft Entra to allow the application from this machine.',
};

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const meanings = new Map<number, Meaning>([
  [
    7000215,
    {
      code: 'bad-credentials',
      message: ({ clientId }) => `The client secret of the application ${clientId} is wrong.`,
      advice: `Enter the Value of the secret, not its Secret ID, or create a new one ${registration} > Certificates & secrets.`,
    },
  ],
  [
    7000222,
    {
      code: 'bad-credentials',
      message: ({ clientId }) => `The client secret of the application ${clientId} has expired.`,
      advice: `Create a new one ${registration} > Certificates & secrets, and enter its Value here.`,
    },
  ],
  [
    7000112,
    {
      code: 'bad-credentials',
      message: ({ clientId }) => `The application ${clientId} is disabled.`,
      advice: 'Ask the administrator of Microsoft Entra to enable it under Enterprise applications.',
    },
  ],
  [700016, unknownApplication],
  [700038, unknownApplication],
  [90002, wrongTenant],
  [900021, wrongTenant],
  [900023, wrongTenant],
  [65001, noConsent],
  [65004, noConsent],
  [500011, unknownEnvironment],
  [500014, unknownEnvironment],
  [53000, blocked],
  [53003, blocked],
  [530003, blocked],
]);

/** The number that Entra's messages begin with: AADSTS7000215. */
export function aadstsOf(words: string): number | null {
  const digits = /AADSTS(\d+)/.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** @param words Entra's own description of the refusal. */
export function signInRefused(words: string, subject: SignInSubject, status?: number): ServiceError {
  const number = aadstsOf(words);
  const meaning = number === null ? undefined : meanings.get(number);
  return new ServiceError({
    service: 'dynamics',
    code: meaning?.code ?? 'bad-credentials',
    message: meaning?.message(subject) ?? `Microsoft Entra refused the sign-in of the application ${subject.clientId}.`,
    advice: meaning?.advice ?? 'Check the tenant, the client id and the client secret. The words of Microsoft Entra tell more.',
    // The first sentence; what follows are trace ids and the time.
    serviceMessage: words.split(/\s*Trace ID:/)[0] ?? words,
    ...(number === null ? {} : { serviceCode: `AADSTS${number}` }),
    ...traceOf(words),
    ...(status === undefined ? {} : { status }),
  });
}

export function traceOf(words: string): { readonly requestId?: string } {
  const trace = /Trace ID:\s*([0-9a-f-]{36})/i.exec(words)?.[1];
  return trace === undefined ? {} : { requestId: trace };
}
