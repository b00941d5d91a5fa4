/** The one origin that the window shows. `standard` schemes parse like https, so that URL comparisons are exact. */
export const appScheme = 'leadferry';
const appHost = 'app';
export const pageUrl = `${appScheme}://${appHost}/`;

/** Whether `url` is within the app's own origin. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
