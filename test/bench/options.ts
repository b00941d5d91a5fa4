import { parseArgs } from 'node:util';

export type BenchOptions =
  | {
      readonly kind: 'sample-services';
      /** Leads in Dynamics. */
      readonly records: number;
      /** People who are in ActiveCampaign before the Initial Sync. */
      readonly people: number;
      /** Edits before each of the last runs, half of them on each side. */
      readonly changed: readonly number[];
      /** Whether the services enforce their limits, and the engine keeps its pace below them. */
      readonly limits: boolean;
      readonly json: boolean;
    }
  | {
      readonly kind: 'generated';
      readonly records: number;
      /** Ends when the outbox is committed. */
      readonly planOnly: boolean;
      readonly json: boolean;
    };

export const usage = `npm run bench -- --records N [--people M] [--changed K,K,…] [--no-limits] [--json]
npm run bench -- --generated --records N [--plan-only] [--json]

  --records N    leads in Dynamics
  --people M     people in ActiveCampaign before the Initial Sync (800)
  --changed K,…  edits before the last run (100), or before each of several
  --no-limits    the services take requests as fast as they come: measures the engine, not the waiting
  --generated    generated services inside the process, without HTTP: measures reading, planning and the outbox alone
  --plan-only    with --generated: end when the outbox is committed, before the first write
  --json         one JSON object instead of a table`;

/** @throws RangeError, TypeError with words for the person who typed it. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      records: { type: 'string' },
      people: { type: 'string', default: '800' },
      changed: { type: 'string', default: '100' },
      'no-limits': { type: 'boolean', default: false },
      generated: { type: 'boolean', default: false },
      'plan-only': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const records = wholeNumber('--records', values.records ?? '');
  if (values.generated) return { kind: 'generated', records, planOnly: values['plan-only'], json: values.json };
  return {
    kind: 'sample-services',
    records,
    people: wholeNumber('--people', values.people),
    changed: values.changed.split(',').map((count) => wholeNumber('--changed', count)),
    limits: !values['no-limits'],
    json: values.json,
  };
}

export function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(`${option} is "${text}"; allowed is a whole number from 0 on.`);
  return Number(text);
}
