import { Notification } from 'electron';
import type { Screen } from '../../shared/screens.ts';
import type { NotificationKind } from '../../shared/settings.ts';
import type { Notifier } from '../ports/notifier.ts';

/** Where a person finds what a notification is about. */
const screens: Readonly<Record<NotificationKind, Screen>> = {
  attention: 'overview',
  heldRun: 'heldPlan',
  signIn: 'connection',
  backToNormal: 'overview',
};

/** Shows messages by the desktop's own means; a click opens the screen that it is about. */
export function desktopNotifier(openScreen: (screen: Screen) => void): Notifier {
  /** A notification that nothing refers to loses its click handler when it is collected. */
  const shown = new Set<Notification>();
  return {
    notify: ({ kind, title, body }) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', () => openScreen(screens[kind]));
      notification.on('close', () => shown.delete(notification));
      notification.show();
    },
  };
}
