import type { WebContents } from 'electron';
import type { LogLine } from '../../shared/log-line.ts';
import type { Clock } from '../ports/clock.ts';
import { sendEvent } from './ipc-host.ts';
import type { RunningApplication } from './running-application.ts';
import { throttle } from './throttle.ts';

const intervalMs = 100;

export interface WindowFeed {
  /** Tells the state now, if it has changed since it was told. */
  catchUp(): void;
}

/** Keeps the window up to date: the state and the log lines as they come, each at most ten times a second, and the state before answers. */
export function feedWindow(running: RunningApplication, contents: () => Pick<WebContents, 'send'> | null, clock: Clock): WindowFeed {
  let { mode } = running.state();
  let lines: LogLine[] = [];

  const sendState = throttle(clock, intervalMs, () => {
    const receiver = contents();
    if (receiver !== null) sendEvent(receiver, 'state', running.state());
  });
  const sendLines = throttle(clock, intervalMs, () => {
    const receiver = contents();
    if (receiver !== null && lines.length > 0) sendEvent(receiver, 'logLines', lines);
    lines = [];
  });

  running.onState((state) => {
    // The log of the other mode is another log: its lines must not arrive after the window has heard of the change.
    if (state.mode !== mode) lines = [];
    mode = state.mode;
    sendState();
  });
  running.onLogLine((line) => {
    lines.push(line);
    sendLines();
  });
  return { catchUp: sendState.flush };
}
