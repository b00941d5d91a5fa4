import { ServiceError } from '../errors.ts';
import type { Refusal } from './acquire-token.ts';
import { aadstsOf, traceOf } from './entra-errors.ts';
import type { KeptSignIn } from './kept-sign-in.ts';
import type { UserSignInTarget } from './user-client.ts';

interface Words {
  readonly message: string;
  readonly advice: string;
}

const adminConsent: Words = {
  message: 'An administrator of the organisation has to allow Leadferry before anybody can sign in with it.',
  advice:
    'Ask the administrator of Microsoft Entra: App registrations > Leadferry > API permissions > Grant admin consent. Then sign in again.',
};
const refusedConsent: Words = {
  message: 'Leadferry was not allowed to use Dynamics 365 as you.',
  advice: 'Sign in again and accept what Microsoft asks. Leadferry can do no more in Dynamics 365 than you can.',
};
const otherTenant: Words = {
  message: 'This account does not belong to the organisation that was asked to sign it in.',
  advice: 'Sign in with an account of that organisation, or correct the tenant above (empty: whichever the account belongs to).',
};
const oneTenantOnly: Words = {
  message: 'The app registration is for accounts of one organisation only.',
  advice: 'Enter that organisation as the tenant: its domain, or the Directory (tenant) ID of the registration.',
};
const blocked: Words = {
  message: 'A rule of the organisation (Conditional Access) blocks this sign-in.',
  advice: 'Ask the administrator of Microsoft Entra to allow Leadferry from this machine.',
};
const notDesktop: Words = {
  message: 'The app registration does not allow a desktop app to sign in.',
  advice: 'Under Authentication, add the platform "Mobile and desktop applications" with http://localhost, and remove it from "Web".',
};

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function meaningOf(number: number | null, target: UserSignInTarget): Words | null {
  switch (number) {
    case 65001:
    case 90094:
      return adminConsent;
    case 65004:
      return refusedConsent;
    case 50020:
    case 50177:
      return otherTenant;
    case 50194:
      return oneTenantOnly;
    case 50011:
    case 700025:
    case 7000218:
      return notDesktop;
    case 53000:
    case 53003:
    case 530003:
      return blocked;
    case 90002:
    case 900021:
    case 900023:
      return {
        message: `Microsoft Entra knows no tenant "${target.tenantId}".`,
        advice: 'Enter a domain of your organisation or its Directory (tenant) ID, or leave the tenant empty.',
      };
    case 700016:
    case 700038:
      return {
        message: `No app with the client id ${target.clientId} is registered in this organisation.`,
        advice: 'Copy the Application (client) ID from App registrations, and check that the tenant is the one of that registration.',
      };
    default:
      return null;
  }
}

/** The browser came back without a sign-in. */
export function browserSignInRefused(refusal: Refusal, target: UserSignInTarget): ServiceError {
  const words =
    meaningOf(aadstsOf(refusal.words), target) ??
    (refusal.error === 'access_denied'
      ? { message: 'The sign-in was cancelled in the browser.', advice: 'Sign in again when you are ready.' }
      : {
          message: 'Microsoft Entra refused the sign-in.',
          advice: 'Check the tenant and the client id. The words of Microsoft Entra tell more.',
        });
  return refused(words, refusal);
}

/** A token of a sign-in that is kept could not be had for this environment. */
export function tokenRefused(refusal: Refusal, kept: KeptSignIn, environmentOrigin: string): ServiceError {
  const { name, username } = kept.account;
  const number = aadstsOf(refusal.words);
  if (number === 500011 || number === 500014) {
    const words = {
      message: `The organisation of ${username} has no Dynamics 365 environment at ${environmentOrigin}.`,
      advice: 'Choose one of your environments, or sign in with an account of the organisation that this one belongs to.',
    };
    return refused(words, refusal);
  }
  const known = refusal.needsPerson ? null : meaningOf(number, kept);
  return refused(known ?? signInEndedWords(name), refusal);
}

/** Nobody but a person can go on: the sign-in was revoked, has expired, or a rule asks for another proof. */
const signInEndedWords = (name: string): Words => ({
  message: `The sign-in to Dynamics 365 as ${name} has ended.`,
  advice: 'Sign in again on the Connection screen. Nothing is lost: what has changed meanwhile is synced by the next run.',
});

export function signInTimedOut(minutes: number): ServiceError {
  const limit = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return incompleteSignIn(
    `Nobody signed in within ${minutes < 1 ? 'the time that was given' : limit}.`,
    'Sign in again, and finish it in the browser. Where the page showed an error, that tells why.',
  );
}

export function noBrowser(words: string): ServiceError {
  return new ServiceError({
    service: 'dynamics',
    code: 'bad-credentials',
    message: 'The system could not open a browser to sign in with.',
    advice: 'Set a default browser in the settings of your system, and sign in again.',
    serviceMessage: words,
  });
}

export function notSignedIn(): ServiceError {
  return incompleteSignIn(
    'Nobody has signed in to Dynamics 365 by browser on this machine.',
    'Open Leadferry and sign in on the Connection screen, or set dynamics.signIn to "application" and give a client id and a client secret.',
  );
}

const defaultAdvice = 'Copy the Application (client) ID of your app registration from the Microsoft Entra admin center.';

export function incompleteSignIn(message: string, advice = defaultAdvice): ServiceError {
  return new ServiceError({ service: 'dynamics', code: 'bad-credentials', message, advice });
}

function refused({ message, advice }: Words, { words, status }: Refusal): ServiceError {
  const number = aadstsOf(words);
  return new ServiceError({
    service: 'dynamics',
    code: 'bad-credentials',
    message,
    advice,
    // The first sentence; what follows are trace ids and the time.
    serviceMessage: words.split(/\s*Trace ID:/)[0] ?? words,
    ...(number === null ? {} : { serviceCode: `AADSTS${number}` }),
    ...traceOf(words),
    ...(status === undefined ? {} : { status }),
  });
}
