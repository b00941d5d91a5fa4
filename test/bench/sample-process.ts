import { type SampleServices, startSampleServices } from '../../main/demo/sample-services.ts';
import { tagNames } from '../../shared/tags.ts';
import type { Order, Report } from './sample-process-messages.ts';
import { shiftedClock } from './shifted-clock.ts';

/** The sample services in a process of their own, so that the engine's memory and processor time are measured alone. */

const clock = shiftedClock();
let services: SampleServices | null = null;

async function carryOut(order: Order): Promise<Report> {
  if (order.kind === 'start') {
    const { records, people, limits } = order;
    services = await startSampleServices({ directory: null, clock, limits, size: { leads: records, contacts: 0, people } });
    const { activeCampaign, dynamics, entraUrl } = services;
    return { kind: 'started', account: { activeCampaign, dynamics, entraUrl } };
  }
  if (services === null) throw new Error('The sample services are not started');
  if (order.kind === 'advance') clock.advance(order.ms);
  else edit(services, order.people);
  return { kind: 'done' };
}

let rounds = 0;

/** New telephone numbers of people who take part on both sides: every second edit is made in Dynamics. */
function edit({ office, salesPeople }: SampleServices, count: number): void {
  const leads = new Map<string, string>();
  for (const { id, columns } of salesPeople.rows('lead')) {
    if (typeof columns.emailaddress1 === 'string' && columns.statecode === 0) leads.set(columns.emailaddress1.toLowerCase(), id);
  }
  rounds += 1;
  let edited = 0;
  for (const person of office.people()) {
    if (edited === count) return;
    const lead = leads.get(person.email.toLowerCase());
    if (lead === undefined || !person.tags.includes(tagNames.lead)) continue;
    const phone = `+47 ${54 + rounds} ${String(edited).padStart(6, '0')}`;
    if (edited % 2 === 0) salesPeople.edit('lead', lead, { telephone1: phone });
    else office.edit(person.id, { phone });
    edited += 1;
  }
  throw new RangeError(`Only ${edited} people are on both sides; ${count} were to be edited`);
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
