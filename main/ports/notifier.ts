/** A message that is shown outside the window. `kind` lets a person switch each sort off. */
export interface Notification {
  readonly kind: 'attention' | 'runHeld' | 'signInExpired' | 'backToNormal';
  readonly title: string;
  readonly body: string;
}

export interface Notifier {
  notify(notification: Notification): void;
}
