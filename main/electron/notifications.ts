import { Notification } from 'electron';
import type { Notifier } from '../ports/notifier.ts';

/** Shows messages by the desktop's own means; a click calls `onClick`. */
export function desktopNotifier(onClick: () => void): Notifier {
  /** A notification that nothing refers to loses its click handler when it is collected. */
  const shown = new Set<Notification>();
  return {
    notify: ({ title, body }) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      shown.add(notification);
      notification.on('click', onClick);
      notification.on('close', () => shown.delete(notification));
      notification.show();
    },
  };
}
