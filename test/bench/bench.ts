import { benchGenerated } from './bench-generated.ts';
import { benchSampleServices } from './bench-sample-services.ts';
import { parseOptions, usage } from './options.ts';
import { readOptions } from './read-options.ts';
import { reportPart, reportRun, tableOf } from './report.ts';

/** `npm run bench`: what a sync costs, in requests, time and memory (docs/performance.md). */

const options = readOptions(parseOptions, usage);
if (options !== null) {
  const runs =
    options.kind === 'generated' ? (await benchGenerated(options)).map(reportPart) : (await benchSampleServices(options)).map(reportRun);
  process.stdout.write(options.json ? `${JSON.stringify({ records: options.records, runs })}\n` : `${tableOf(runs)}\n`);
}
