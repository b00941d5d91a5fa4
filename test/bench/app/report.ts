import { aligned } from '../report.ts';
import type { Idle } from './measure-idle.ts';
import type { Start } from './measure-start.ts';

/** One start of the app on data that is there, and what it then does with nobody using it. */
export interface MeasuredStart {
  readonly start: Start;
  readonly shown: Idle;
  readonly hidden: Idle;
}

export interface AppReport {
  readonly measured: string;
  /** What the window needs to paint the Overview. */
  readonly bundle: { readonly files: number; readonly gzipped: number };
  readonly firstStart: Start;
  /** Medians of the starts after the first one. */
  readonly starts: number;
  readonly laterStart: Start;
  readonly shown: Idle;
  readonly hidden: Idle;
}

export function reportApp(measured: Pick<AppReport, 'measured' | 'bundle' | 'firstStart'>, starts: readonly MeasuredStart[]): AppReport {
  const medianIdle = (idles: readonly Idle[]): Idle => ({
    cpuPercent: rounded(median(idles.map(({ cpuPercent }) => cpuPercent))),
    memoryBytes: median(idles.map(({ memoryBytes }) => memoryBytes)),
  });
  return {
    ...measured,
    firstStart: medianStart([measured.firstStart]),
    starts: starts.length,
    laterStart: medianStart(starts.map(({ start }) => start)),
    shown: medianIdle(starts.map(({ shown }) => shown)),
    hidden: medianIdle(starts.map(({ hidden }) => hidden)),
  };
}

const medianStart = (starts: readonly Start[]): Start => ({
  firstPaintSeconds: rounded(median(starts.map(({ firstPaintSeconds }) => firstPaintSeconds))),
  usefulPaintSeconds: rounded(median(starts.map(({ usefulPaintSeconds }) => usefulPaintSeconds))),
  cpuSeconds: rounded(median(starts.map(({ cpuSeconds }) => cpuSeconds))),
});

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}

const rounded = (number: number): number => Math.round(number * 100) / 100;

export function textOf({ measured, bundle, firstStart, starts, laterStart, shown, hidden }: AppReport): string {
  const startRow = (name: string, start: Start) => [
    name,
    ...[start.firstPaintSeconds, start.usefulPaintSeconds, start.cpuSeconds].map((seconds) => seconds.toFixed(2)),
  ];
  const idleRow = (name: string, idle: Idle) => [name, idle.cpuPercent.toFixed(2), (idle.memoryBytes / 1e6).toFixed(0)];
  return [
    `Measured: ${measured}. Medians of ${starts}.`,
    `To paint the Overview the window loads ${bundle.files} files, ${Math.round(bundle.gzipped / 1000)} kB gzipped.`,
    aligned([
      ['start', 'first paint s', 'useful paint s', 'CPU s'],
      startRow('first, empty', firstStart),
      startRow('later, synced', laterStart),
    ]),
    aligned([['idle', 'CPU % of a core', 'memory MB'], idleRow('window shown', shown), idleRow('window closed', hidden)]),
  ].join('\n\n');
}
