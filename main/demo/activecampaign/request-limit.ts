/** The limit of the whole account: so many requests in any second. */
export interface RequestLimit {
  /** Requests that are left in this second after this one; -1 where this one is too many. */
  take(): number;
}

export const requestsPerSecond = 5;

export function createRequestLimit(clock: { now(): number }): RequestLimit {
  let taken: number[] = [];
  return {
    take() {
      const now = clock.now();
      taken = taken.filter((time) => time > now - 1000 && time <= now);
      if (taken.length >= requestsPerSecond) return -1;
      taken.push(now);
      return requestsPerSecond - taken.length;
    },
  };
}
