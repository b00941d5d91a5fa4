import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface HeadlessOptions {
  /** Absolute. */
  readonly dataDirectory: string;
  readonly demo: boolean;
  /** Null runs until a signal. */
  readonly runs: number | null;
  readonly timeScale: number;
  readonly json: boolean;
  readonly held: 'show' | 'release' | 'drop' | null;
}

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: HeadlessOptions }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

const usage = `usage: npm run headless -- --data-dir DIR [--demo] [--runs N] [--time-scale X] [--json] [--held show|release|drop]

  --data-dir DIR   the data directory; created where missing
  --demo           start the built-in sample services on loopback and connect to them; needs no account
  --runs N         exit after N finished runs; without it, run until SIGINT or SIGTERM
  --time-scale X   the scheduler's clock runs X times faster
  --json           every log entry as one JSON object a line
  --held WHAT      show, release or drop a run that a guard holds, then exit
`;

const held = ['show', 'release', 'drop'] as const;
const refused = (message: string): ParsedOptions => ({ kind: 'refused', message: `${message}\n\n${usage}` });

/** Reads the command line (contracts, section 4). Every refusal names the option, what was given, and what is allowed. */
export function parseOptions(args: readonly string[]): ParsedOptions {
  let values: ReturnType<typeof read>;
  try {
    values = read(args);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { kind: 'help', text: usage };
  const dataDirectory = values['data-dir'];
  if (dataDirectory === undefined || dataDirectory === '')
    return refused('--data-dir is missing: name the folder that holds the settings and the database.');
  const runs = values.runs === undefined ? null : Number(values.runs);
  if (runs !== null && (!Number.isSafeInteger(runs) || runs < 1))
    return refused(`--runs is "${values.runs}"; allowed is a whole number from 1 on.`);
  const timeScale = values['time-scale'] === undefined ? 1 : Number(values['time-scale']);
  if (!Number.isFinite(timeScale) || timeScale <= 0)
    return refused(`--time-scale is "${values['time-scale']}"; allowed is a number above 0.`);
  const wanted = values.held;
  const action = wanted === undefined ? null : (held.find((name) => name === wanted) ?? undefined);
  if (action === undefined) return refused(`--held is "${wanted}"; allowed are show, release and drop.`);
  return {
    kind: 'options',
    options: {
      dataDirectory: resolve(dataDirectory),
      demo: values.demo ?? false,
      runs,
      timeScale,
      json: values.json ?? false,
      held: action,
    },
  };
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      'data-dir': { type: 'string' },
      demo: { type: 'boolean' },
      runs: { type: 'string' },
      'time-scale': { type: 'string' },
      json: { type: 'boolean' },
      held: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
}
