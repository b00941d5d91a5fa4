import { z } from 'zod';

/** What the sample account keeps. Times are ms since the epoch in whole seconds, as fine as the service's dates. */

const fieldValue = z.object({ id: z.int(), field: z.int(), value: z.string(), createdAt: z.number(), updatedAt: z.number() });
export type FieldValueRow = z.infer<typeof fieldValue>;

const tagLink = z.object({ id: z.int(), tag: z.int(), createdAt: z.number() });
export type TagLinkRow = z.infer<typeof tagLink>;

const listMembership = z.object({
  id: z.int(),
  list: z.int(),
  /** 1 subscribed, 2 unsubscribed. */
  status: z.int(),
  subscribedAt: z.number().nullable(),
  unsubscribedAt: z.number().nullable(),
  /** The campaign whose link unsubscribed the person. */
  campaign: z.int().nullable(),
});
export type ListMembershipRow = z.infer<typeof listMembership>;

export const personRow = z.object({
  id: z.int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string(),
  organization: z.string(),
  createdAt: z.number(),
  /** `udate` */
  updatedAt: z.number(),
  /** `updated_timestamp`: moves with `udate` and also with what `udate` ignores. */
  touchedAt: z.number(),
  hardBounces: z.int(),
  softBounces: z.int(),
  bouncedAt: z.number().nullable(),
  fields: z.array(fieldValue),
  tags: z.array(tagLink),
  lists: z.array(listMembership),
});
export type PersonRow = z.infer<typeof personRow>;

export const tagRow = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  tagType: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type TagRow = z.infer<typeof tagRow>;

const fieldOption = z.object({ id: z.int(), value: z.string(), label: z.string(), order: z.int(), isDefault: z.boolean() });

export const fieldRow = z.object({
  id: z.int(),
  title: z.string(),
  type: z.string(),
  personalizationTag: z.string(),
  description: z.string(),
  order: z.int(),
  options: z.array(fieldOption),
  /** `list` 0 stands for all lists. */
  relations: z.array(z.object({ id: z.int(), list: z.int() })),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type FieldRow = z.infer<typeof fieldRow>;

export const listRow = z.object({ id: z.int(), name: z.string(), createdAt: z.number() });
export type ListRow = z.infer<typeof listRow>;

export const automationRow = z.object({
  id: z.int(),
  name: z.string(),
  active: z.boolean(),
  /** Lower-case name of the tag that lets a person enter. */
  startTag: z.string().nullable(),
  /** The list that lets a person enter on subscribing. */
  startList: z.int().nullable(),
  /** Names of the tags that its steps add. */
  addsTags: z.array(z.string()),
  entered: z.int(),
  createdAt: z.number(),
});
export type AutomationRow = z.infer<typeof automationRow>;

/** `contactAutomation`: one person's run through one automation. */
export const automationRunRow = z.object({ id: z.int(), person: z.int(), automation: z.int(), enteredAt: z.number() });
export type AutomationRunRow = z.infer<typeof automationRunRow>;

const importContact = z.object({
  email: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  phone: z.string().optional(),
  organization: z.string().optional(),
  tags: z.array(z.string()),
  fields: z.array(z.object({ id: z.int(), value: z.string() })),
  subscribe: z.array(z.int()),
  unsubscribe: z.array(z.int()),
  excludeAutomations: z.boolean(),
});
export type ImportContact = z.infer<typeof importContact>;

export const importBatchRow = z.object({
  id: z.string(),
  queuedAt: z.number(),
  /** Set when it is over. */
  outcome: z.enum(['completed', 'failed', 'interrupted']).nullable(),
  /** The outcome that waits for it. */
  fate: z.enum(['completed', 'failed', 'interrupted']),
  /** Emptied when it is over. */
  contacts: z.array(importContact),
  created: z.array(z.int()),
  updated: z.array(z.int()),
  failed: z.array(z.string()),
});
export type ImportBatchRow = z.infer<typeof importBatchRow>;
