import type { Page } from '@playwright/test';

export interface LaunchOptions {
  /** Electron's `userData`: all that the app keeps. */
  readonly userData: string;
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Who says to be the page when a message is forged. */
export type ForgedSender = 'sub-frame' | 'other-window' | 'foreign-page';

/** A running app, as a person sees it. */
export interface RunningApp {
  /** The page in the app's window. Where the app was started out of sight there is none before `shownPage`. */
  readonly page: Page;
  /** The page, once a window has been opened. */
  readonly shownPage: () => Promise<Page>;
  /** Closes the window as by its close button. */
  readonly closeWindow: () => Promise<void>;
  readonly isWindowVisible: () => Promise<boolean>;
  /** Starts the app a second time while it runs. */
  readonly startAgain: (args?: readonly string[]) => Promise<void>;
  /** What the next dialogs are answered with: the path to save to, and the button that is pressed. At first "Quit" is. */
  readonly answerDialogs: (answers: { readonly savePath?: string; readonly button?: number }) => Promise<void>;
  /** What was asked or said by message boxes. */
  readonly questions: () => Promise<readonly string[]>;
  /** Files that the app had the system open. */
  readonly openedFiles: () => Promise<readonly string[]>;
  /** Pages that the app had the system browser open. */
  readonly openedLinks: () => Promise<readonly string[]>;
  /** What was shown outside the window: its title, and what it says. */
  readonly notifications: () => Promise<readonly string[]>;
  /** The tray as it was last rendered since the app is watched: its tooltip, and its menu with the items that are checked. */
  readonly tray: () => Promise<{ readonly tooltip: string; readonly labels: readonly string[]; readonly checked: readonly string[] }>;
  readonly clickTray: (label: string) => Promise<void>;
  /** Chooses an item of the application menu. */
  readonly clickMenu: (label: string) => Promise<void>;
  /** Calls the main process as somebody else than the page of the window. Answers what that is told. */
  readonly forgeCall: (sender: ForgedSender, name: string, request: unknown) => Promise<unknown>;
  /** From here on the main process answers no call of the page before the answered function is called. */
  readonly holdAnswers: () => Promise<() => Promise<void>>;
  /** From here on the main process answers this call of the page with that. */
  readonly answerWith: (name: string, answer: unknown) => Promise<void>;
  /** Names of everything that was added to `Object.prototype` in the main process. */
  readonly polluted: () => Promise<readonly string[]>;
  /** Throws an error in the main process that nothing catches; or rejects a promise that nobody waits for. */
  readonly fail: (how: 'exception' | 'rejection', message: string) => Promise<void>;
  /** Ends the process of the page, as a crash would. */
  readonly crashPage: () => Promise<void>;
  /** What the app has written to its console. */
  readonly output: () => string;
  /** Quits as by the menu, which may ask first. */
  readonly requestQuit: () => Promise<void>;
  /** Ends it as a system does that shuts down, by a signal. */
  readonly terminate: () => void;
  /** Resolves when the app has ended. */
  readonly ended: Promise<void>;
  /** Ends when the app has ended. */
  readonly quit: () => Promise<void>;
}

/** Puts the app's folders where they belong: the specs run on what the build wrote. */
export const projectRoot = new URL('../../', import.meta.url).pathname;
