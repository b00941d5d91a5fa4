/** What the test and the process that runs the built main say to each other. Everything survives structured cloning. */

export interface Frame {
  readonly url: string;
  readonly top: boolean;
}

export type FromMain =
  | { readonly type: 'window-opened'; readonly url: string; readonly preload: string }
  | { readonly type: 'window-visible'; readonly visible: boolean }
  | { readonly type: 'window-closed' }
  | { readonly type: 'window-reload' }
  | { readonly type: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly type: 'opened-externally'; readonly url: string }
  | { readonly type: 'tray'; readonly tooltip: string; readonly labels: readonly string[] }
  | { readonly type: 'notification'; readonly title: string; readonly body: string }
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
  | { readonly type: 'second-instance' }
  | { readonly type: 'click-tray'; readonly label: string }
  | { readonly type: 'answer-dialogs'; readonly savePath?: string; readonly button?: number }
  /** Answered by what message boxes have asked, and which files were to be opened. */
  | { readonly type: 'asked-and-opened' }
  | { readonly type: 'quit' };

export interface AskedAndOpened {
  readonly questions: readonly string[];
  readonly opened: readonly string[];
}

export type ToMain = { readonly id: number; readonly question: Question };

export type PageAnswer =
  | { readonly refused: true }
  | { readonly refused: false; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array };
