import { systemClock } from '../../main/ports/clock.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { generatedServices } from './generated-services.ts';
import { type Cost, measure } from './measure.ts';
import { openEngine } from './open-engine.ts';

export interface MeasuredPart {
  readonly name: string;
  readonly records: number;
  readonly cost: Cost;
}

/** The Initial Sync of generated leads, in its two parts: everything up to the committed outbox, and everything after it. */
export async function benchGenerated(records: number): Promise<readonly MeasuredPart[]> {
  const beginning = process.cpuUsage();
  const startedAt = performance.now();
  let planned: Cost | null = null;
  const costSoFar = (): Cost => {
    const { user, system } = process.cpuUsage(beginning);
    return {
      wallSeconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    };
  };
  const services = generatedServices(records);
  const engine = openEngine({
    // An import of generated people is over when it is accepted: nothing is waited for.
    clock: { ...systemClock, sleep: async () => undefined },
    settings: defaultSettings,
    connect: async () => services,
    onProgress: ({ activity }) => {
      if (activity === 'Writing') planned ??= costSoFar();
    },
  });
  try {
    const { cost: all } = await measure(() => engine.run());
    const first = planned ?? all;
    const rest = {
      wallSeconds: all.wallSeconds - first.wallSeconds,
      cpuSeconds: all.cpuSeconds - first.cpuSeconds,
      peakRssBytes: all.peakRssBytes,
    };
    return [
      { name: 'read, plan, outbox', records, cost: first },
      { name: 'write and confirm', records, cost: rest },
    ];
  } finally {
    await engine.close();
  }
}
