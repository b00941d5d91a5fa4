import { signInByBrowser } from '../../main/connections/signin/browser-sign-in.ts';
import type { KeptSignIn } from '../../main/connections/signin/kept-sign-in.ts';
import type { UserSignInPorts, UserSignInTarget } from '../../main/connections/signin/user-client.ts';

/** Presses a button of the sample sign-in page, as a browser does. @returns the page that is shown then. */
export async function pressOnSignInPage(address: string, button: string): Promise<string> {
  const page = await (await fetch(address)).text();
  const [, action = '', inner = ''] =
    [...page.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].find(([form]) => form.includes(`id="${button}"`)) ?? [];
  const fields = [...inner.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value.replaceAll('&#39;', "'"),
  ]);
  return (await fetch(action, { method: 'POST', body: new URLSearchParams(fields) })).text();
}

/** Signs the user of the sample tenant in, with nothing but the browser played. */
export const signInToSample = (target: UserSignInTarget, ports: UserSignInPorts): Promise<KeptSignIn> =>
  signInByBrowser({
    ...ports,
    target,
    resource: 'https://globaldisco.crm.dynamics.com',
    cancel: new AbortController().signal,
    openBrowser: async (url) => void pressOnSignInPage(url, 'sign-in'),
  });
