import type { Page } from '@playwright/test';

export interface LaunchOptions {
  /** Electron's `userData`: all that the app keeps. */
  readonly userData: string;
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running app, as a person sees it. */
export interface RunningApp {
  /** The page in the app's window. */
  readonly page: Page;
  /** Closes the window as by its close button. */
  readonly closeWindow: () => Promise<void>;
  readonly isWindowVisible: () => Promise<boolean>;
  /** Starts the app a second time while it runs. */
  readonly startAgain: () => Promise<void>;
  /** What the next dialogs are answered with: the path to save to, and the button that is pressed. At first "Quit" is. */
  readonly answerDialogs: (answers: { readonly savePath?: string; readonly button?: number }) => Promise<void>;
  /** What was asked by message boxes. */
  readonly questions: () => Promise<readonly string[]>;
  /** Files that the app had the system open. */
  readonly openedFiles: () => Promise<readonly string[]>;
  /** Quits as by the menu, which may ask first. */
  readonly requestQuit: () => Promise<void>;
  /** Ends when the app has ended. */
  readonly quit: () => Promise<void>;
}

/** Puts the app's folders where they belong: the specs run on what the build wrote. */
export const projectRoot = new URL('../../', import.meta.url).pathname;
