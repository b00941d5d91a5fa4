import { parseArgs } from 'node:util';
import { wholeNumber } from '../options.ts';

interface AppBenchOptions {
  readonly starts: number;
  readonly idleSeconds: number;
  readonly json: boolean;
}

export const usage = `npm run bench:app -- [--starts N] [--idle S] [--json]

  --starts N  starts on data that has been synced once (5); the first start, with nothing there, comes before them
  --idle S    seconds in which nothing is done, with the window shown and again with it closed, in each start (30)
  --json      one JSON object instead of a table`;

/** @throws RangeError, TypeError with words for the person who typed it. */
export function parseOptions(argv: readonly string[]): AppBenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      starts: { type: 'string', default: '5' },
      idle: { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
    },
  });
  return { starts: wholeNumber('--starts', values.starts), idleSeconds: wholeNumber('--idle', values.idle), json: values.json };
}
