import { app, shell, type WebContents } from 'electron';
import { mayOpenExternally } from './external-links.ts';

/** Every page stays where it is: no navigation, no further window, no webview. Links go to the system browser by an exact list. */
export function confineWebContents(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
}

function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternally(url);
    return { action: 'deny' };
  });
  // The page needs no connection to a peer, and one would lead past the content security policy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Has the system browser open a page, where its host is on the list. */
export function openExternally(url: string): void {
  if (mayOpenExternally(url)) void shell.openExternal(url);
}
