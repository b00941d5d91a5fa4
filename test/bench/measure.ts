/** What one piece of work cost this process. */
export interface Cost {
  readonly wallSeconds: number;
  /** User and system time of this process. */
  readonly cpuSeconds: number;
  /** The most memory that this process has held since its start. */
  readonly peakRssBytes: number;
}

export async function measure<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly cost: Cost }> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { result, cost: { wallSeconds, cpuSeconds: (user + system) / 1e6, peakRssBytes: process.resourceUsage().maxRSS * 1024 } };
}
