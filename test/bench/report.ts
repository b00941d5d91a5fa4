import type { MeasuredPart } from './bench-generated.ts';
import type { MeasuredRun } from './bench-sample-services.ts';
import type { Cost } from './measure.ts';
import { secondsThatTheLimitsTake } from './service-limits.ts';

/** As JSON tells it (contracts, section 5). */
export interface ReportedRun {
  readonly name: string;
  readonly records: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly recordsPerSecond: number;
  readonly peakRssBytes: number;
  readonly requests?: { readonly activeCampaign: number; readonly dynamics: number };
  /** Of `requests.activeCampaign`, and of `requests.dynamics`. */
  readonly imports?: number;
  readonly batches?: number;
  /** The least that so many requests take under the services' limits. */
  readonly limitSeconds?: number;
}

export function reportPart({ name, records, cost }: MeasuredPart): ReportedRun {
  return { name, records, ...costOf(cost, records) };
}

export function reportRun({ name, records, requests, cost }: MeasuredRun): ReportedRun {
  const { activeCampaign, dynamics } = requests;
  return {
    ...reportPart({ name, records, cost }),
    requests: { activeCampaign: activeCampaign.imports + activeCampaign.others, dynamics: dynamics.reads + dynamics.batches },
    imports: activeCampaign.imports,
    batches: dynamics.batches,
    limitSeconds: rounded(secondsThatTheLimitsTake(requests)),
  };
}

const costOf = ({ wallSeconds, cpuSeconds, peakRssBytes }: Cost, records: number) => ({
  wallSeconds: rounded(wallSeconds),
  cpuSeconds: rounded(cpuSeconds),
  recordsPerSecond: Math.round(records / wallSeconds),
  peakRssBytes,
});

const rounded = (seconds: number): number => Math.round(seconds * 100) / 100;

type Cells = readonly [heading: string, cell: (run: ReportedRun) => string][];

const columns: Cells = [
  ['run', (run) => run.name],
  ['records', (run) => String(run.records)],
  ['ActiveCampaign', (run) => (run.requests === undefined ? '' : `${run.requests.activeCampaign} (${run.imports} imports)`)],
  ['Dynamics', (run) => (run.requests === undefined ? '' : `${run.requests.dynamics} (${run.batches} batches)`)],
  ['wall s', (run) => run.wallSeconds.toFixed(2)],
  ['limits allow s', (run) => run.limitSeconds?.toFixed(2) ?? ''],
  ['CPU s', (run) => run.cpuSeconds.toFixed(2)],
  ['records/s', (run) => String(run.recordsPerSecond)],
  ['peak RSS MB', (run) => (run.peakRssBytes / 1e6).toFixed(0)],
];

/** Lines of a table; columns that nothing stands in are left out. */
export function tableOf(runs: readonly ReportedRun[]): string {
  const filled = columns.filter(([, cell]) => runs.some((run) => cell(run) !== ''));
  const rows = [filled.map(([heading]) => heading), ...runs.map((run) => filled.map(([, cell]) => cell(run)))];
  return aligned(rows);
}

/** Rows as lines: the first column to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
