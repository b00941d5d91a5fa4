import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import type { ConnectionPorts } from '../http/exchange.ts';
import type { Pace } from '../http/pacing.ts';
import { addFieldOptions, readAutomationEntries, readAutomations, readFields, readLists } from './account-contents.ts';
import { readApiUrl } from './address.ts';
import { readImportProgress, submitImport } from './import.ts';
import { countPeople, readPeople, withNestedReads } from './people.ts';
import { addTag, removeTag, setListStatus, syncPerson, updatePerson } from './person-writes.ts';
import { type ApiRequests, createApiRequests, userPath } from './requests.ts';
import { createTag, readTags } from './tags.ts';
import type { ActiveCampaignAccount, ActiveCampaignClient } from './types.ts';
import { links, text } from './wire.ts';

/**
 * 5 requests a second are allowed for the whole account, shared with everyone else
 * (https://developers.activecampaign.com/reference/rate-limits); two in flight are enough to use that up.
 */
export const activeCampaignPace: Pace = { startsPerSecond: 4.75, inFlight: 2 };

export interface ActiveCampaignClientOptions extends ConnectionPorts {
  /** As ActiveCampaign shows it, with or without /api/3 and a trailing slash. */
  readonly apiUrl: string;
  readonly apiKey: string;
}

/** @throws ServiceError `not-the-service` where the address cannot be one of ActiveCampaign's. */
export function createActiveCampaignClient(options: ActiveCampaignClientOptions): ActiveCampaignClient {
  const { apiUrl, apiKey, ...ports } = options;
  const address = readApiUrl(apiUrl);
  if (address.kind === 'refused') throw new ServiceError({ service: 'activeCampaign', code: 'not-the-service', ...address.problem });
  const requests = createApiRequests({ ...ports, baseUrl: address.baseUrl, apiKey });
  return {
    whoAmI: () => readAccount(requests, address.baseUrl),
    people: (query) => readPeople(requests, query),
    withNestedReads: (person) => withNestedReads(requests, person),
    countPeople: (status) => countPeople(requests, status),
    tags: (search) => readTags(requests, search),
    createTag: (name) => createTag(requests, name),
    fields: () => readFields(requests),
    addFieldOptions: (fieldId, values, lastOrder) => addFieldOptions(requests, fieldId, values, lastOrder),
    lists: () => readLists(requests),
    automations: () => readAutomations(requests),
    automationEntries: (automationId, enteredAtOrAfter) => readAutomationEntries(requests, automationId, enteredAtOrAfter),
    syncPerson: (person) => syncPerson(requests, person),
    updatePerson: (id, changes) => updatePerson(requests, id, changes),
    addTag: (id, tagId) => addTag(requests, id, tagId),
    removeTag: (linkId) => removeTag(requests, linkId),
    setListStatus: (id, listId, status) => setListStatus(requests, id, listId, status),
    importPeople: (rows, { excludeAutomations }) => submitImport(requests, rows, excludeAutomations),
    importProgress: (batchId) => readImportProgress(requests, batchId),
  };
}

const userAnswer = z.object({ user: z.object({ username: text, email: text, links }) });

/** The account's own links name it (`https://<account>.activehosted.com/…`), even where the address is an alias. */
async function readAccount(requests: ApiRequests, baseUrl: string): Promise<ActiveCampaignAccount> {
  const { value } = await requests.call({
    method: 'GET',
    path: userPath,
    idempotent: true,
    what: 'read the signed-in user',
    answer: userAnswer,
  });
  const linkedHost = Object.values(value.user.links)
    .map((link) => URL.parse(link)?.host)
    .find((host) => host !== undefined && host !== '');
  return { account: linkedHost ?? new URL(baseUrl).host, userName: value.user.username, userEmail: value.user.email };
}
