/** What the test and the process that runs the built main say to each other. Everything survives structured cloning. */

export interface Frame {
  readonly url: string;
  readonly top: boolean;
  /** In another window than the app's. */
  readonly elsewhere?: boolean;
}

export type FromMain =
  | { readonly type: 'window-opened'; readonly url: string; readonly preload: string }
  | { readonly type: 'window-visible'; readonly visible: boolean }
  | { readonly type: 'window-closed' }
  /** The tray is there: the app has started. */
  | { readonly type: 'started' }
  | { readonly type: 'window-reload' }
  | { readonly type: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'error-box'; readonly title: string; readonly content: string }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'answer-error'; readonly id: number; readonly message: string };

export type Question =
  | { readonly type: 'invoke'; readonly channel: string; readonly args: readonly unknown[]; readonly frame: Frame }
  /** Answered by `PageAnswer`. */
  | { readonly type: 'request'; readonly url: string; readonly method: string }
  /** Whether the page may go there. */
  | { readonly type: 'navigate'; readonly url: string }
  | { readonly type: 'open-window'; readonly url: string }
  | { readonly type: 'close-window' }
  | { readonly type: 'second-instance'; readonly args: readonly string[] }
  | { readonly type: 'click'; readonly where: 'tray' | 'menu'; readonly label: string }
  | { readonly type: 'fail'; readonly how: 'exception' | 'rejection'; readonly message: string }
  | { readonly type: 'crash-page' }
  | { readonly type: 'answer-dialogs'; readonly savePath?: string; readonly button?: number }
  /** Answered by `Told`. */
  | { readonly type: 'told' }
  | { readonly type: 'quit' };

/** What the app has shown and asked outside of its window. */
export interface Told {
  readonly questions: readonly string[];
  readonly files: readonly string[];
  readonly links: readonly string[];
  readonly notifications: readonly string[];
  readonly tray: { readonly tooltip: string; readonly labels: readonly string[]; readonly checked: readonly string[] };
  readonly polluted: readonly string[];
}

export type ToMain = { readonly id: number; readonly question: Question };

export type PageAnswer =
  | { readonly refused: true }
  | { readonly refused: false; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
