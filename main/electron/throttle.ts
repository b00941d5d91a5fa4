import type { Clock } from '../ports/clock.ts';

export interface Throttled {
  /** Asks for the action: it follows at once, or when the time has passed. */
  (): void;
  /** An action that was asked for and waits follows now. */
  flush(): void;
}

/** Calls `action` at once and then at most every `intervalMs`, but for `flush`; the last request is never lost. */
export function throttle(clock: Clock, intervalMs: number, action: () => void): Throttled {
  let endPause: (() => void) | null = null;
  let again = false;
  const run = () => {
    endPause?.();
    again = false;
    endPause = clock.setTimer(intervalMs, () => {
      endPause = null;
      if (again) run();
    });
    action();
  };
  const request = () => {
    if (endPause === null) run();
    else again = true;
  };
  const flush = () => {
    if (again) run();
  };
  return Object.assign(request, { flush });
}
