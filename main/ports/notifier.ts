import type { NotificationKind } from '../../shared/settings.ts';

/** A message that is shown outside the window. */
export interface Notification {
  /** Each kind can be switched off. */
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
}

export interface Notifier {
  notify(notification: Notification): void;
}
