import { shell } from 'electron';
import { mayOpenForSignIn } from './external-links.ts';

/** Opens the sign-in page in the browser of the system. Rejects for any other address, and where there is no browser. */
export async function openSignInPage(url: string): Promise<void> {
  if (!mayOpenForSignIn(url, process.env.LEADFERRY_ENTRA_URL)) {
    throw new Error(`${new URL(url).host} is not where people sign in to Microsoft`);
  }
  await shell.openExternal(url);
}
