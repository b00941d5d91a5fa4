import { type Clock, systemClock } from '../../main/ports/clock.ts';

/** The machine's clock with its date moved forward; durations and waits are the real ones. */
export interface ShiftedClock extends Clock {
  advance(ms: number): void;
}

export function shiftedClock(): ShiftedClock {
  let shift = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + shift,
    advance: (ms) => {
      shift += ms;
    },
  };
}
