import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  guide: { borderRadius: tokens.borderRadiusMedium },
  summary: { cursor: 'pointer', fontWeight: tokens.fontWeightSemibold },
  steps: {
    margin: '8px 0 0',
    paddingLeft: '20px',
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    color: tokens.colorNeutralForeground2,
  },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
});

const entra = (
  <OutsideLink href="https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade">
    Microsoft Entra admin center
  </OutsideLink>
);

/** How an app registration for the browser sign-in is made. */
export function UserRegistrationGuide() {
  const styles = useStyles();
  return (
    <Guide title="How to register Leadferry with Microsoft, once">
      <li>
        In the {entra}, open <em>App registrations</em> and choose <em>New registration</em>. Name it “Leadferry”.
      </li>
      <li>
        Under <em>Redirect URI</em> choose <em>Public client/native (mobile &amp; desktop)</em> and enter{' '}
        <span className={styles.code}>http://localhost</span>. Register.
      </li>
      <li>
        Under <em>API permissions &gt; Add a permission &gt; Dynamics CRM</em>, choose <em>Delegated permissions</em> and tick{' '}
        <span className={styles.code}>user_impersonation</span>. Where your organisation asks for it, choose <em>Grant admin consent</em>.
      </li>
      <li>
        Copy the <em>Application (client) ID</em> from <em>Overview</em> into the field below. A registration for one organisation needs its
        domain as the tenant.
      </li>
    </Guide>
  );
}

/** How an app registration with a client secret, and its user in Dynamics, are made. */
export function ApplicationRegistrationGuide() {
  const styles = useStyles();
  return (
    <Guide title="How to set up an application user, once">
      <li>
        In the {entra}, open <em>App registrations</em> and choose <em>New registration</em>. Name it “Leadferry”; it needs no redirect URI.
        Copy the <em>Application (client) ID</em> and the <em>Directory (tenant) ID</em>.
      </li>
      <li>
        Under <em>Certificates &amp; secrets &gt; New client secret</em>, create one and copy its <em>Value</em> (not the Secret ID). Note
        the day on which it expires.
      </li>
      <li>
        In the <OutsideLink href="https://admin.powerplatform.microsoft.com/environments">Power Platform admin center</OutsideLink>, open
        your environment, then <em>Settings &gt; Users + permissions &gt; Application users &gt; New app user</em>. Choose the app, a
        business unit and a security role that may read, create and write leads and contacts at{' '}
        <span className={styles.code}>Organization</span> level.
      </li>
    </Guide>
  );
}

function Guide({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <details className={styles.guide}>
      <summary className={styles.summary}>{title}</summary>
      <ol className={styles.steps}>{children}</ol>
    </details>
  );
}

/** A page that opens in the browser of the system. */
export function OutsideLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link inline href={href} target="_blank" rel="noreferrer">
      {children}
    </Link>
  );
}
