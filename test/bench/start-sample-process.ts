import { type ChildProcess, fork } from 'node:child_process';
import type { Account, Order, Report } from './sample-process-messages.ts';

export interface SampleProcess {
  readonly account: Account;
  advance(ms: number): Promise<void>;
  edit(people: number): Promise<void>;
  close(): void;
}

/** @throws Error when the process ends by itself; what it said is on stderr. */
export async function startSampleProcess(size: Omit<Extract<Order, { kind: 'start' }>, 'kind'>): Promise<SampleProcess> {
  // Heap flags and profilers of the benchmark are for the engine alone.
  const child = fork(new URL('./sample-process.ts', import.meta.url), { execArgv: [] });
  const started = await ask(child, { kind: 'start', ...size });
  if (started.kind !== 'started') throw new Error('The sample services did not say where they listen');
  return {
    account: started.account,
    advance: async (ms) => void (await ask(child, { kind: 'advance', ms })),
    edit: async (people) => void (await ask(child, { kind: 'edit', people })),
    close: () => child.disconnect(),
  };
}

function ask(child: ChildProcess, order: Order): Promise<Report> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`The sample services ended at "${order.kind}"`));
    child.once('exit', ended);
    child.once('message', (report: Report) => {
      child.off('exit', ended);
      resolve(report);
    });
    child.send(order);
  });
}
