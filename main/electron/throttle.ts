import type { Clock } from '../ports/clock.ts';

/** Calls `action` at once and then at most every `intervalMs`, the last request never lost. */
export function throttle(clock: Clock, intervalMs: number, action: () => void): () => void {
  let waiting = false;
  let again = false;
  const run = () => {
    waiting = true;
    again = false;
    action();
    clock.setTimer(intervalMs, () => {
      waiting = false;
      if (again) run();
    });
  };
  return () => {
    if (waiting) again = true;
    else run();
  };
}
