import { readEntraUrl } from '../connections/signin/login-host.ts';

/** Hosts of the pages that the app links to. A link to anything else does nothing. */
const linkHosts: readonly string[] = [
  'help.activecampaign.com',
  'learn.microsoft.com',
  'portal.azure.com',
  'entra.microsoft.com',
  'admin.powerplatform.microsoft.com',
  'www.activecampaign.com',
];

/** Where people sign in, by cloud (see `connections/signin/login-host.ts`). */
const loginHosts: readonly string[] = ['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'];

/** Whether the system browser may be asked to open `url`. */
export const mayOpenExternally = (url: string): boolean => isOnHosts(url, linkHosts);

/**
 * Whether the system browser may be asked to open `url` for a sign-in: a page of Microsoft's sign-in services, or of the one on this machine
 * that stands in for them.
 * @param entraUrl `LEADFERRY_ENTRA_URL`, where it is set.
 */
export function mayOpenForSignIn(url: string, entraUrl: string | undefined): boolean {
  if (entraUrl === undefined) return isOnHosts(url, loginHosts);
  const standIn = readEntraUrl(entraUrl);
  return standIn.kind === 'accepted' && URL.canParse(url) && new URL(url).origin === standIn.url.origin;
}

function isOnHosts(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && hosts.includes(host) && username === '' && password === '';
}
