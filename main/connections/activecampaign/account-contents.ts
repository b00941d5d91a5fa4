import { z } from 'zod';
import { activeCampaignFieldTypes } from '../../../shared/field-pairs.ts';
import { readAllPages } from './pages.ts';
import type { ApiRequests } from './requests.ts';
import type { Automation, AutomationEntries, ContactList, CustomField } from './types.ts';
import { count, id, listOf, moment, personId, text } from './wire.ts';

/** What an account offers to choose from: custom fields, lists, automations. */

const fieldRow = z.object({ id, title: text, type: text });
const optionRow = z.object({ id, field: id, value: text, orderid: count });

export async function readFields(requests: ApiRequests): Promise<readonly CustomField[]> {
  const { rows, pages } = await readAllPages(requests, {
    path: 'fields',
    what: 'read the custom fields',
    answer: z.object({ fields: listOf(fieldRow), fieldOptions: listOf(optionRow) }),
    rows: (page) => page.fields,
  });
  const options = Map.groupBy(
    pages.flatMap((page) => page.fieldOptions).toSorted((one, other) => one.orderid - other.orderid),
    (option) => option.field,
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    type: activeCampaignFieldTypes.find((type) => type === row.type) ?? null,
    options: [...new Map((options.get(row.id) ?? []).map((option) => [option.id, { id: option.id, value: option.value }])).values()],
  }));
}

/**
 * Adds options to a field, behind those that it has. A repetition would add them twice, so that no answer is an error.
 * https://developers.activecampaign.com/reference/create-custom-field-options
 */
export async function addFieldOptions(requests: ApiRequests, fieldId: string, values: readonly string[], lastOrder: number): Promise<void> {
  await requests.call({
    method: 'POST',
    path: 'fieldOption/bulk',
    body: {
      fieldOptions: values.map((value, index) => ({
        field: fieldId,
        orderid: lastOrder + index + 1,
        value,
        label: value,
        isdefault: false,
      })),
    },
    idempotent: false,
    what: 'create options of a custom field',
    answer: z.object({ fieldOptions: listOf(z.object({ id })) }),
  });
}

export async function readLists(requests: ApiRequests): Promise<readonly ContactList[]> {
  const { rows } = await readAllPages(requests, {
    path: 'lists',
    what: 'read the lists',
    answer: z.object({ lists: listOf(z.object({ id, name: text, channel: text })) }),
    rows: (page) => page.lists,
  });
  // A list of telephone numbers is nothing that a person joins by e-mail address.
  return rows.filter((row) => row.channel !== 'sms').map((row) => ({ id: row.id, name: row.name }));
}

export async function readAutomations(requests: ApiRequests): Promise<readonly Automation[]> {
  const { rows } = await readAllPages(requests, {
    path: 'automations',
    what: 'read the automations',
    answer: z.object({ automations: listOf(z.object({ id, name: text, status: text })) }),
    rows: (page) => page.automations,
  });
  return rows.map((row) => ({ id: row.id, name: row.name, active: row.status === '1' }));
}

/** Entries into one automation; the order by their date is the only one that is stable while people move on in it. */
export async function readAutomationEntries(
  requests: ApiRequests,
  automationId: string,
  enteredAtOrAfter: string,
): Promise<AutomationEntries> {
  const { rows, serverTime } = await readAllPages(requests, {
    path: `automations/${encodeURIComponent(automationId)}/contactAutomations`,
    query: { 'orders[adddate]': 'ASC', 'filters[adddate][gte]': enteredAtOrAfter },
    what: 'read who entered an automation',
    answer: z.object({ contactAutomations: listOf(z.object({ id, contact: personId, adddate: text })) }),
    rows: (page) => page.contactAutomations,
  });
  // Filters of collections like this one are ignored now and then without a word.
  const earliest = Date.parse(enteredAtOrAfter);
  const entries = rows.flatMap(({ id: runId, contact, adddate }) => {
    const { data: enteredAt = null } = moment.safeParse(adddate);
    return enteredAt === null || enteredAt < earliest ? [] : [{ runId, personId: contact, enteredAt, stamp: adddate }];
  });
  return { entries, serverTime };
}
