/** What one piece of work cost this process. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of this process. */
  readonly cpuSeconds: number;
  /** The most memory that this process has held since its start. */
  readonly peakRssBytes: number;
}

/** @returns what was used since this call. */
export function startMeasuring(): () => Cost {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      wallSeconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  };
}
