import { automationWire } from './account-wire.ts';
import { type Answer, notFound, ok } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { idParameter, page } from './paging.ts';
import { automationRunWire } from './person-wire.ts';
import type { AutomationRunRow } from './rows.ts';
import { parseSentDate, zoneOffsetMs } from './zone.ts';

/** https://developers.activecampaign.com/reference/list-all-contactautomations-for-automation */
export const automationEndpoints: readonly Endpoint[] = [
  ['GET', '/automations', listAutomations],
  ['GET', '/automations/:id/contactAutomations', listRunsOfAutomation],
  ['GET', '/contactAutomations', (call) => listRuns(call, () => true)],
];

function listAutomations({ account, query }: Call): Answer {
  const { rows, meta } = page(query, [...account.automations.values()]);
  return ok({ automations: rows.map((row) => automationWire(account, row)), meta: { ...meta, starts: [], filtered: false, smsLogs: [] } });
}

function listRunsOfAutomation(call: Call): Answer {
  const [id = 0] = call.ids;
  if (call.account.automations.get(String(id)) === undefined) return notFound('Series', id);
  return listRuns(call, (run) => run.automation === id);
}

function listRuns(call: Call, belongs: (run: AutomationRunRow) => boolean): Answer {
  const { account, query } = call;
  const tests = [belongs, ...runTests(call)];
  const runs = [...account.automationRuns.values()].filter((run) => tests.every((test) => test(run)));
  const order = query.get('orders[adddate]')?.toUpperCase();
  if (order !== undefined) runs.sort((one, other) => one.enteredAt - other.enteredAt || one.id - other.id);
  if (order === 'DESC') runs.reverse();
  const { rows, meta } = page(query, runs);
  return ok({ contactAutomations: rows.map((run) => automationRunWire(account, run)), meta });
}

function runTests({ account, query }: Call): ((run: AutomationRunRow) => boolean)[] {
  const tests: ((run: AutomationRunRow) => boolean)[] = [];
  const person = idParameter(query, 'filters[subscriberid]');
  if (person !== null) tests.push((run) => run.person === person);
  const automation = idParameter(query, 'filters[seriesid]');
  if (automation !== null) tests.push((run) => run.automation === automation);
  // Every run of the sample account has ended.
  const status = idParameter(query, 'filters[status]');
  if (status !== null) tests.push(() => status === 2);
  const zone = account.variant.dateZone;
  for (const [operator, holds] of Object.entries(operators)) {
    const value = query.get(`filters[adddate][${operator}]`);
    const bound = value === null ? null : boundOf(value, zone);
    if (bound !== null) tests.push((run) => holds(run.enteredAt, bound));
  }
  return tests;
}

const operators: Readonly<Record<string, (time: number, bound: number) => boolean>> = {
  eq: (time, bound) => time === bound,
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
};

/** A date without an offset is the account's wall clock. */
function boundOf(value: string, zone: string): number | null {
  const sent = parseSentDate(value);
  if (sent === null) return null;
  const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(value.slice(10));
  return hasOffset ? sent.instant : sent.digits - zoneOffsetMs(zone, sent.digits);
}
