import { Button, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { PersonFilled, PersonRegular, PersonWarningRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { SignedInAccount, BrowserSignIn as SignInState } from '../../../shared/app-state.ts';
import type { SignInRequest } from '../../../shared/connection.ts';
import { useApi } from '../../app/context.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorMessage } from '../../components/ErrorMessage.tsx';
import { PageErrors } from './PageErrors.tsx';
import { RemoveCredentials } from './RemoveCredentials.tsx';

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', gap: '8px' },
  panel: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 12px',
    minHeight: '64px',
    padding: '8px 16px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: {
    display: 'flex',
    justifyContent: 'center',
    fontSize: '24px',
    width: '28px',
    flexShrink: 0,
    color: tokens.colorNeutralForeground2,
  },
  signedIn: { color: tokens.colorPaletteGreenForeground1 },
  ended: { color: tokens.colorPaletteDarkOrangeForeground1 },
  words: { display: 'flex', flexDirection: 'column', flex: '1 1 240px', minWidth: 0, overflowWrap: 'anywhere' },
  aside: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', gap: '8px', flexShrink: 0 },
});

/** Which account counts for what is typed: the one that has just signed in, else the one in use. */
export function accountFor({ account, pending }: SignInState, request: SignInRequest | null): SignedInAccount | null {
  const isFor = (signedIn: SignedInAccount | null) =>
    signedIn?.clientId === request?.clientId && signedIn?.tenantId.toLowerCase() === request?.tenantId.toLowerCase();
  return [pending, account].find(isFor) ?? null;
}

interface BrowserSignInProps {
  readonly state: SignInState;
  /** Null as long as the client id is not complete. */
  readonly request: SignInRequest | null;
  readonly onSignedIn: () => void;
}

/** Signing in with the browser of the system: who is signed in, or what is waited for. */
export function BrowserSignIn({ state, request, onSignedIn }: BrowserSignInProps) {
  const styles = useStyles();
  const api = useApi();
  const signIn = useAction<'signedIn' | 'cancelled'>();
  const openAgain = useAction();
  const account = accountFor(state, request);
  const begin = () => {
    if (request === null) return;
    void signIn.run(() => api.call.signIn(request)).then((went) => went && onSignedIn());
  };
  const failure = [signIn, openAgain]
    .map((action) => (action.state.kind === 'failed' ? action.state.error : null))
    .find((error) => error !== null);

  return (
    <section className={styles.whole} aria-label="Browser sign-in">
      {state.waitingUntil !== null ? (
        <Panel
          icon={<Spinner size="tiny" aria-label="Waiting" />}
          title="Waiting for your browser"
          detail={`Sign in on the page that has opened. Leadferry waits until ${clockTime(state.waitingUntil)}.`}
        >
          <Button onClick={() => void openAgain.run(api.call.openSignInPage)}>Open the page again</Button>
          <Button onClick={() => void api.call.cancelSignIn()}>Cancel</Button>
        </Panel>
      ) : account === null ? (
        <SignedOut state={state} ready={request !== null} onBegin={begin} />
      ) : account === state.account && state.state === 'ended' ? (
        <Panel
          icon={<PersonWarningRegular />}
          tone={styles.ended}
          title={`The sign-in as ${account.name} has ended`}
          detail="Microsoft asks for you again. Nothing is lost: the next run syncs what has changed."
        >
          <Button appearance="primary" onClick={begin}>
            Sign in again
          </Button>
          <SignOut name={account.name} />
        </Panel>
      ) : (
        <Panel
          icon={<PersonFilled />}
          tone={styles.signedIn}
          title={`Signed in as ${account.name}`}
          detail={account === state.pending ? `${account.username} · in use once saved` : account.username}
        >
          <Button onClick={begin}>Use another account</Button>
          <SignOut name={account.name} />
        </Panel>
      )}
      {state.waitingUntil !== null && <PageErrors />}
      {state.waitingUntil === null && failure !== undefined && <ErrorMessage error={failure} />}
    </section>
  );
}

function SignedOut({ state, ready, onBegin }: { readonly state: SignInState; readonly ready: boolean; readonly onBegin: () => void }) {
  const unreadable = state.state === 'unreadable';
  return (
    <Panel
      icon={<PersonRegular />}
      title={unreadable ? 'Who is signed in cannot be read' : 'Nobody is signed in'}
      detail={ready ? 'The sign-in opens in your own browser; Leadferry never sees your password.' : 'Enter the client id first.'}
    >
      <Button appearance="primary" disabledFocusable={!ready} onClick={onBegin}>
        Sign in with Microsoft
      </Button>
    </Panel>
  );
}

function SignOut({ name }: { readonly name: string }) {
  const api = useApi();
  return (
    <RemoveCredentials
      action="Sign out"
      title={`Sign ${name} out?`}
      what="Leadferry forgets the sign-in on this computer; runs stop until somebody signs in again."
      onRemove={api.call.signOut}
    />
  );
}

interface PanelProps {
  readonly icon: ReactNode;
  readonly tone?: string;
  readonly title: string;
  readonly detail: string;
  readonly children: ReactNode;
}

function Panel({ icon, tone, title, detail, children }: PanelProps) {
  const styles = useStyles();
  return (
    <div className={styles.panel}>
      <span className={mergeClasses(styles.icon, tone)} aria-hidden>
        {icon}
      </span>
      <div className={styles.words} role="status">
        <Text weight="semibold">{title}</Text>
        <Text size={200} className={styles.aside}>
          {detail}
        </Text>
      </div>
      <div className={styles.actions}>{children}</div>
    </div>
  );
}

const clockTime = (time: number): string => new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
