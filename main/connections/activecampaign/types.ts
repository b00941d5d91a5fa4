import type { ActiveCampaignFieldType } from '../../../shared/field-pairs.ts';
import type { ActiveCampaignId } from '../../../shared/ids.ts';

/** A person as ActiveCampaign answers with everything sideloaded, with every scalar brought to one type. */
export interface Person {
  readonly id: ActiveCampaignId;
  /** As stored; may be empty (phone-only people). */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  /** Custom field values by numeric field id; a field without a value is absent. */
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly PersonTag[];
  readonly lists: readonly ListMembership[];
  /** `udate` in ms since the epoch, parsed with its offset; null where the service sends none. */
  readonly updatedAt: number | null;
  /** `cdate` in ms since the epoch. */
  readonly createdAt: number | null;
  /** Hard or soft bounces were counted. */
  readonly bounced: boolean;
}

export interface PersonTag {
  /** Id of the link between person and tag: what a removal needs. */
  readonly linkId: string;
  readonly tagId: string;
}

export interface ListMembership {
  readonly listId: string;
  /** 1 subscribed, 2 unsubscribed; 0 and 3 are not safely known (facts, section 7). */
  readonly status: number;
  /** The unsubscription came through a campaign's link. */
  readonly throughCampaign: boolean;
}

export interface PeopleQuery {
  /** Only ids above this one: paging by `orders[id]=ASC&id_greater=`. */
  readonly afterId?: ActiveCampaignId;
  /** Sent as `filters[updated_after]`, verbatim. */
  readonly updatedAfter?: string;
  readonly tagId?: string;
  readonly listId?: string;
  /** -1 any, 1 active, 2 unsubscribed, 3 bounced. */
  readonly status?: number;
  /** At most 100. */
  readonly ids?: readonly ActiveCampaignId[];
  readonly email?: string;
  /** Rows a page, 1 to 100. Default 100. */
  readonly limit?: number;
  /** Takes twice the time of an ordinary request, so that every second one is left to others. */
  readonly atHalfPace?: boolean;
}

export interface PeoplePage {
  readonly people: readonly Person[];
  /** `meta.total`. */
  readonly total: number;
  /** False where the answer lacked the sideloaded arrays although people were in it: read the nested resources instead. */
  readonly sideloaded: boolean;
  /** The service's `Date` header in ms since the epoch; null where it sent none. */
  readonly serverTime: number | null;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly subscriberCount: number;
}

export interface CustomField {
  /** Numeric id; a mapping names it as `field:<id>`. */
  readonly id: string;
  readonly title: string;
  /** Null for a type that this program does not know. */
  readonly type: ActiveCampaignFieldType | null;
  readonly options: readonly { readonly id: string; readonly value: string }[];
}

export interface ContactList {
  readonly id: string;
  readonly name: string;
}

export interface Automation {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

/** A person's run through an automation. */
export interface AutomationEntry {
  readonly runId: string;
  readonly personId: ActiveCampaignId;
  /** `adddate` in ms since the epoch. */
  readonly enteredAt: number;
  /** The same as the service writes it, in the account's zone. */
  readonly stamp: string;
}

export interface AutomationEntries {
  /** The oldest first. */
  readonly entries: readonly AutomationEntry[];
  /** The service's `Date` header in ms since the epoch; null where it sent none. */
  readonly serverTime: number | null;
}

/** What to write to one person. A key that is absent is left alone by the service; an empty string clears. */
export interface PersonWrite {
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface ImportRow extends PersonWrite {
  readonly email: string;
  /** Tag names; added, never removed. */
  readonly tags: readonly string[];
  readonly subscribeTo: readonly string[];
  readonly unsubscribeFrom: readonly string[];
}

export type ImportSubmission =
  | { readonly kind: 'queued'; readonly batchId: string; readonly queued: number }
  /** All or nothing: no row was taken. Indexes are those of the rows sent, from 0. */
  | { readonly kind: 'rejected'; readonly rows: readonly { readonly index: number; readonly reason: string }[] };

export interface ImportProgress {
  readonly status: 'unknown' | 'waiting' | 'claimed' | 'active' | 'completed' | 'failed' | 'interrupted';
  readonly succeeded: readonly ActiveCampaignId[];
  /** E-mail addresses. */
  readonly failed: readonly string[];
}

export interface ActiveCampaignAccount {
  /** Stable name of the account: the host in the answer's own links, else the host of the API address. */
  readonly account: string;
  readonly userName: string;
  readonly userEmail: string;
}

/** Every method throws ServiceError and, when the signal is aborted, the signal's reason. */
export interface ActiveCampaignClient {
  whoAmI(): Promise<ActiveCampaignAccount>;
  /** One page with tags, field values and lists sideloaded, ordered by id. */
  people(query: PeopleQuery): Promise<PeoplePage>;
  /** The parts that `people` did not sideload, by three nested reads a person. */
  withNestedReads(person: Person): Promise<Person>;
  /** How many people have this status (`meta.total`). */
  countPeople(status: number): Promise<number>;
  /** Tags whose name contains `search`, all pages. */
  tags(search: string): Promise<readonly Tag[]>;
  /** Creates the tag (`tagType` contact) or answers the one that exists under this name. */
  createTag(name: string): Promise<Tag>;
  fields(): Promise<readonly CustomField[]>;
  /** Adds options behind those that the field has (`lastOrder` of them). */
  addFieldOptions(fieldId: string, values: readonly string[], lastOrder: number): Promise<void>;
  lists(): Promise<readonly ContactList[]>;
  automations(): Promise<readonly Automation[]>;
  /** Who entered the automation. @param enteredAtOrAfter a date as the service writes it, sent verbatim. */
  automationEntries(automationId: string, enteredAtOrAfter: string): Promise<AutomationEntries>;
  /** Upsert by e-mail (`contact/sync`). */
  syncPerson(person: PersonWrite & { readonly email: string }): Promise<{ readonly id: ActiveCampaignId; readonly created: boolean }>;
  /** Change by id. The only way to change an e-mail. */
  updatePerson(id: ActiveCampaignId, changes: PersonWrite): Promise<void>;
  addTag(id: ActiveCampaignId, tagId: string): Promise<PersonTag>;
  /** Removing a link that is gone already is a success. */
  removeTag(linkId: string): Promise<void>;
  setListStatus(id: ActiveCampaignId, listId: string, status: 1 | 2): Promise<void>;
  importPeople(rows: readonly ImportRow[], options: { readonly excludeAutomations: boolean }): Promise<ImportSubmission>;
  importProgress(batchId: string): Promise<ImportProgress>;
}
