/** Hosts of the pages that the app links to. A link to anything else does nothing. */
const linkHosts: readonly string[] = ['help.activecampaign.com', 'learn.microsoft.com', 'portal.azure.com', 'entra.microsoft.com'];

/** Whether the system browser may be asked to open `url`. */
export function mayOpenExternally(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'https:' && linkHosts.includes(host) && username === '' && password === '';
}
