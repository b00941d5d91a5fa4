import { z } from 'zod';
import type { Account } from './account.ts';
import { type Answer, ok, sentId, sentText } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { isAcceptedEmail } from './email-rules.ts';
import type { ImportQueue } from './import-queue.ts';
import type { ImportContact } from './rows.ts';

const maxContacts = 250;
const maxBytes = 399_999;

/** https://developers.activecampaign.com/reference/bulk-import-contacts and .../bulk-import-status-info */
export function importEndpoints(queue: ImportQueue): readonly Endpoint[] {
  return [
    ['POST', '/import/bulk_import', (call) => submit(call, queue)],
    ['GET', '/import/info', (call) => status(call, queue)],
  ];
}

// Keys that are not listed here (`firstName` above all) are dropped without a word.
const contactBody = z.object({
  email: sentText.optional(),
  first_name: sentText.optional(),
  last_name: sentText.optional(),
  phone: sentText.optional(),
  customer_acct_name: sentText.optional(),
  tags: z.array(sentText).optional(),
  fields: z.array(z.object({ id: sentId, value: sentText })).optional(),
  subscribe: z.array(z.object({ listid: sentId })).optional(),
  unsubscribe: z.array(z.object({ listid: sentId })).optional(),
  exclude_automations: z.boolean().optional(),
});
const payload = z.object({ contacts: z.array(z.unknown()), exclude_automations: z.boolean().optional() });

function submit({ account, body, bodyBytes }: Call, queue: ImportQueue): Answer {
  const sent = payload.safeParse(body);
  const contacts = sent.success ? sent.data.contacts : [];
  if (queue.exceedsQuota(contacts.length)) return refused('Rate limit exceeded.', ['Rate limit exceeded.']);
  if (bodyBytes > maxBytes) return refused(`The payload is larger than ${maxBytes} bytes.`, []);
  if (!sent.success || contacts.length === 0) return refused('No contacts were provided.', []);
  if (contacts.length > maxContacts) return refused(`No more than ${maxContacts} contacts can be imported at once.`, []);

  const excludeAll = account.variant.excludeAutomations === 'top-level' && sent.data.exclude_automations === true;
  const rows: ImportContact[] = [];
  const reasons: { contact: number; failureReason: string }[] = [];
  contacts.forEach((contact, index) => {
    const row = parseContact(account, contact, excludeAll);
    if (typeof row === 'string') reasons.push({ contact: index + 1, failureReason: row });
    else rows.push(row);
  });
  // One malformed contact rejects them all.
  if (reasons.length > 0) return refused('Contact validation failed.', reasons);
  const batch = queue.submit(rows);
  return ok({
    [account.variant.importSuccessKey]: 1,
    queued_contacts: batch.contacts.length,
    batchId: batch.id,
    message: 'Contact import queued',
  });
}

/** The quota too is refused in this way: 400, never 429. */
function refused(message: string, failureReasons: readonly unknown[]): Answer {
  return { status: 400, json: { success: 0, message, failureReasons } };
}

/** The row, or the reason why it is malformed. */
function parseContact(account: Account, contact: unknown, excludeAll: boolean): ImportContact | string {
  const parsed = contactBody.safeParse(contact);
  if (!parsed.success) return 'The contact is malformed.';
  const { email, first_name, last_name, phone, customer_acct_name, tags = [], fields = [], ...more } = parsed.data;
  if (email === undefined || email.trim() === '') return 'Email address is missing.';
  if (!isAcceptedEmail(email)) return `Email address "${email}" is invalid.`;
  return {
    email: email.trim(),
    ...(first_name === undefined ? {} : { firstName: first_name }),
    ...(last_name === undefined ? {} : { lastName: last_name }),
    ...(phone === undefined ? {} : { phone }),
    ...(customer_acct_name === undefined ? {} : { organization: customer_acct_name }),
    tags: tags.filter((tag) => tag.trim() !== ''),
    fields: fields.flatMap(({ id, value }) => (id === null ? [] : [{ id, value }])),
    subscribe: listIds(more.subscribe),
    unsubscribe: listIds(more.unsubscribe),
    excludeAutomations: excludeAll || (account.variant.excludeAutomations === 'per-contact' && more.exclude_automations === true),
  };
}

function listIds(lists: readonly { readonly listid: number | null }[] = []): number[] {
  return lists.flatMap(({ listid }) => (listid === null ? [] : [listid]));
}

function status({ account, query }: Call, queue: ImportQueue): Answer {
  const id = query.get('batchId');
  if (id === null || id === '') return { status: 400, json: { success: 0, message: 'The batchId is missing.' } };
  const batch = account.importBatches.get(id);
  if (batch === undefined) return ok({ status: false, success: [], failure: [] });
  const ids = account.variant.importSuccessIds === 'created' ? batch.created : [...batch.created, ...batch.updated];
  return ok({ status: queue.statusOf(batch), success: ids.map(String), failure: batch.failed });
}
