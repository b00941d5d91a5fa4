import type { BrowserSignIn, Problem, SignedInAccount } from '../../shared/app-state.ts';
import type { SignInRequest } from '../../shared/connection.ts';
import { ApplicationError } from '../application-port.ts';
import { discoveryOriginOf } from '../connections/dynamics/environments.ts';
import { VaultError } from '../connections/secrets/vault.ts';
import { signInByBrowser } from '../connections/signin/browser-sign-in.ts';
import { createMemoryKeeper, type KeptSignIn, type SignInKeeper } from '../connections/signin/kept-sign-in.ts';
import { loginOriginOf } from '../connections/signin/login-host.ts';
import type { UserSignInTarget } from '../connections/signin/user-client.ts';
import { isFor } from '../connections/signin/user-sign-in.ts';
import { notSignedIn, signInTimedOut } from '../connections/signin/user-sign-in-errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connector } from '../services/connector.ts';

export interface BrowserSignInOptions {
  readonly connector: Pick<Connector, 'signInPorts' | 'forgetSignIn'>;
  /** The sign-in in use. */
  readonly keeper: SignInKeeper;
  readonly clock: Clock;
  readonly openPage: (url: string) => Promise<void>;
  readonly limitMs: number;
}

/** Browser sign-ins as the window drives them: one that is under way, one that waits to be saved, one that is in use. */
export interface BrowserSignIns {
  state(): BrowserSignIn;
  /** Why the sign-in in use cannot be read; null where it can, or there is none. */
  problem(): Problem | null;
  onChange(listener: () => void): void;
  /** @throws ServiceError, ApplicationError; see `Application.signIn`. */
  begin(request: SignInRequest): Promise<'signedIn' | 'cancelled'>;
  cancel(): void;
  openPage(): Promise<void>;
  /** The sign-in that waits to be saved, where it was made with this; null where what is in use counts. */
  pendingFor(target: UserSignInTarget): SignInKeeper | null;
  /** The one that waits to be saved, else the one in use. @throws ServiceError where nobody has signed in with this. */
  latestFor(target: UserSignInTarget): SignInKeeper;
  /** Puts the sign-in that waits, where it was made with this, into use. @throws ApplicationError `secret-store-unavailable` */
  save(target: UserSignInTarget): Promise<void>;
  /** @throws ApplicationError `secret-store-unavailable` */
  signOut(): Promise<void>;
  /** Reads once more who is signed in. */
  look(): Promise<void>;
  /** The sign-in in use was tried: whether nobody but its person can go on. */
  tried(needsPerson: boolean): void;
}

/** Ends the wait when the person has thought better of it in the window. */
class Cancelled extends Error {}

type InUse =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly problem: Problem }
  | { readonly kind: 'signedIn'; readonly signIn: KeptSignIn; readonly ended: boolean };

export async function createBrowserSignIns({ connector, keeper, clock, openPage, limitMs }: BrowserSignInOptions): Promise<BrowserSignIns> {
  const listeners: (() => void)[] = [];
  let inUse: InUse = await read(keeper);
  let pending: KeptSignIn | null = null;
  let underWay: { readonly until: number; readonly cancel: AbortController; url: string | null } | null = null;

  const changed = () => {
    for (const listener of listeners) listener();
  };

  const put = async (signIn: KeptSignIn): Promise<void> => {
    try {
      await keeper.write(signIn);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      if (error.reason !== 'damaged') throw notKept(error);
      // A damaged vault must not stand in the way of a new sign-in.
      await connector.forgetSignIn();
      await keeper.write(signIn);
    }
    inUse = { kind: 'signedIn', signIn, ended: false };
    pending = null;
  };

  const wait = async (target: UserSignInTarget, request: SignInRequest, cancel: AbortController): Promise<KeptSignIn> => {
    const current = inUse.kind === 'signedIn' && inUse.ended && isFor(inUse.signIn, target) ? inUse.signIn.account : null;
    return signInByBrowser({
      ...connector.signInPorts,
      target,
      resource: discoveryOriginOf(request.cloud),
      cancel: cancel.signal,
      openBrowser: async (url) => {
        if (underWay?.cancel === cancel) underWay.url = url;
        await openPage(url);
      },
      ...(current !== null && { loginHint: current.username }),
    });
  };

  return {
    state: () => ({
      state: stateOf(inUse),
      account: inUse.kind === 'signedIn' ? shown(inUse.signIn) : null,
      pending: pending === null ? null : shown(pending),
      waitingUntil: underWay?.until ?? null,
    }),
    problem: () => (inUse.kind === 'unreadable' ? inUse.problem : null),
    onChange: (listener) => void listeners.push(listener),
    begin: async (request) => {
      underWay?.cancel.abort(new Cancelled());
      const cancel = new AbortController();
      const session = { until: clock.now() + limitMs, cancel, url: null };
      underWay = session;
      changed();
      const endTimer = clock.setTimer(limitMs, () => cancel.abort(signInTimedOut(limitMs / 60_000)));
      const target = targetOf(request);
      try {
        const signIn = await wait(target, request, cancel);
        const again = inUse.kind === 'signedIn' && isSameAccount(inUse.signIn, signIn);
        if (again) await put(signIn);
        else pending = signIn;
        return 'signedIn';
      } catch (error) {
        if (error instanceof Cancelled) return 'cancelled';
        throw error;
      } finally {
        endTimer();
        if (underWay === session) underWay = null;
        changed();
      }
    },
    cancel: () => underWay?.cancel.abort(new Cancelled()),
    openPage: async () => {
      if (underWay?.url) await openPage(underWay.url);
    },
    pendingFor: (target) => (pending !== null && isFor(pending, target) ? createMemoryKeeper(pending) : null),
    latestFor: (target) => {
      if (pending !== null && isFor(pending, target)) return createMemoryKeeper(pending);
      if (inUse.kind === 'none') throw notSignedIn();
      return keeper;
    },
    save: async (target) => {
      if (pending === null || !isFor(pending, target)) return;
      await put(pending);
      changed();
    },
    signOut: async () => {
      pending = null;
      try {
        await keeper.remove();
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        if (error.reason !== 'damaged') throw notKept(error);
        await connector.forgetSignIn();
      }
      inUse = { kind: 'none' };
      changed();
    },
    look: async () => {
      const before = inUse;
      inUse = await read(keeper);
      if (inUse.kind === 'signedIn' && before.kind === 'signedIn') inUse = { ...inUse, ended: before.ended };
      changed();
    },
    tried: (needsPerson) => {
      if (inUse.kind !== 'signedIn' || inUse.ended === needsPerson) return;
      inUse = { ...inUse, ended: needsPerson };
      changed();
    },
  };
}

export const targetOf = ({ clientId, tenantId, cloud }: SignInRequest): UserSignInTarget => ({
  clientId,
  tenantId,
  loginOrigin: loginOriginOf(cloud),
});

function stateOf(inUse: InUse): BrowserSignIn['state'] {
  switch (inUse.kind) {
    case 'none':
      return 'signedOut';
    case 'unreadable':
      return 'unreadable';
    case 'signedIn':
      return inUse.ended ? 'ended' : 'signedIn';
  }
}

async function read(keeper: SignInKeeper): Promise<InUse> {
  try {
    const signIn = await keeper.read();
    return signIn === null ? { kind: 'none' } : { kind: 'signedIn', signIn, ended: false };
  } catch (error) {
    if (error instanceof VaultError) return { kind: 'unreadable', problem: { message: error.message, advice: error.advice } };
    throw error;
  }
}

const isSameAccount = (one: KeptSignIn, other: KeptSignIn): boolean =>
  isFor(one, other) && one.account.homeAccountId === other.account.homeAccountId;

const shown = ({ account, clientId, tenantId }: KeptSignIn): SignedInAccount => ({
  name: account.name,
  username: account.username,
  clientId,
  tenantId,
});

const notKept = (error: VaultError): ApplicationError =>
  new ApplicationError('secret-store-unavailable', { message: error.message, advice: error.advice }, [], { cause: error });
