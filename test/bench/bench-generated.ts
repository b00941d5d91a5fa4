import { systemClock } from '../../main/ports/clock.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { generatedServices } from './generated-services.ts';
import { type Cost, startMeasuring } from './measure.ts';
import { openEngine } from './open-engine.ts';
import type { BenchOptions } from './options.ts';

export interface MeasuredPart {
  readonly name: string;
  readonly records: number;
  readonly cost: Cost;
}

type Options = Extract<BenchOptions, { kind: 'generated' }>;

/** The Initial Sync of generated leads, in its two parts: everything up to the committed outbox, and everything after it. */
export async function benchGenerated({ records, planOnly }: Options): Promise<readonly MeasuredPart[]> {
  const services = generatedServices(records);
  const stop = new AbortController();
  const costSoFar = startMeasuring();
  let planned: Cost | null = null;
  const engine = openEngine({
    // An import of generated people is over when it is accepted: nothing is waited for.
    clock: { ...systemClock, sleep: async () => undefined },
    settings: defaultSettings,
    connect: async () => services,
    onProgress: ({ activity }) => {
      if (activity !== 'Writing' || planned !== null) return;
      planned = costSoFar();
      if (planOnly) stop.abort();
    },
    stop: stop.signal,
  });
  try {
    await engine.run();
    const all = costSoFar();
    const first = planned ?? all;
    const parts = [{ name: 'read, plan, outbox', records, cost: first }];
    return planOnly ? parts : [...parts, { name: 'write and confirm', records, cost: difference(all, first) }];
  } finally {
    await engine.close();
  }
}

const difference = (all: Cost, first: Cost): Cost => ({
  wallSeconds: all.wallSeconds - first.wallSeconds,
  cpuSeconds: all.cpuSeconds - first.cpuSeconds,
  peakRssBytes: all.peakRssBytes,
});
