import { benchGenerated } from './bench-generated.ts';
import { benchSampleServices } from './bench-sample-services.ts';
import { type BenchOptions, parseOptions, usage } from './options.ts';
import { reportPart, reportRun, tableOf } from './report.ts';

/** `npm run bench`: what a sync costs, in requests, time and memory (docs/performance.md). */

function readOptions(): BenchOptions | null {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    return null;
  }
}

const options = readOptions();
if (options === null) process.exitCode = 2;
else {
  const runs =
    options.kind === 'generated' ? (await benchGenerated(options)).map(reportPart) : (await benchSampleServices(options)).map(reportRun);
  process.stdout.write(options.json ? `${JSON.stringify({ records: options.records, runs })}\n` : `${tableOf(runs)}\n`);
}
