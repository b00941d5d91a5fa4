import { protocol, type Session } from 'electron';
import { appScheme, isAppUrl } from './app-url.ts';

/** To be called before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/** Serves the page in `session` and refuses every other request, permission and download of it. */
export function lockDownSession(session: Session, servePage: (request: Request) => Promise<Response>): void {
  session.protocol.handle(appScheme, servePage);
  session.webRequest.onBeforeRequest((details, respond) => respond({ cancel: !isAppUrl(details.url) }));
  session.setPermissionRequestHandler((_contents, _permission, respond) => respond(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
