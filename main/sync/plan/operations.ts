import { z } from 'zod';
import { agreedSchema, canonicalValueSchema } from '../../../shared/canonical-value.ts';
import { changeRules } from '../../../shared/change-rule.ts';
import { entities } from '../../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../../shared/ids.ts';
import { linkEnds } from '../../../shared/link-end.ts';
import { tagKeys } from '../../../shared/tags.ts';

/**
 * What the outbox holds. An operation is on disk before it runs and is parsed again when it is loaded, since the program that runs it may
 * be a later one than the program that planned it.
 */

const columnValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rowId = z.custom<DynamicsId>((value) => typeof value === 'string' && dynamicsId(value) === value, 'a GUID in lower case');

const fieldChange = z.object({
  /** Name on the service that is written: a column, or a field of ActiveCampaign. */
  field: z.string(),
  /** Canonical values. */
  old: canonicalValueSchema,
  new: canonicalValueSchema,
  rule: z.enum(changeRules),
});

/** What becomes agreed, by mapping key, once the operation is confirmed. */
const settles = z.record(z.string(), agreedSchema);

const personWrite = z.object({
  email: z.string().exactOptional(),
  firstName: z.string().exactOptional(),
  lastName: z.string().exactOptional(),
  phone: z.string().exactOptional(),
  fields: z.record(z.string(), z.string()).exactOptional(),
});

export const operationSchema = z.discriminatedUnion('kind', [
  /** The link ends; both sides stay as they are. */
  z.object({ kind: z.literal('endLink'), because: z.enum(linkEnds) }),
  /** The link goes to the row that stands for its own one now; `agreed` is what still holds there. */
  z.object({ kind: z.literal('moveLink'), entity: z.enum(entities), id: rowId, agreed: settles }),
  /** The memory of an ended link goes: the person may come back. */
  z.object({ kind: z.literal('forgetLink') }),
  /** No request: both sides hold the same already. */
  z.object({ kind: z.literal('settle'), settles }),
  z.object({
    kind: z.literal('createRecord'),
    entity: z.enum(entities),
    id: rowId,
    columns: z.record(z.string(), columnValue),
    changes: z.array(fieldChange),
    settles,
  }),
  z.object({
    kind: z.literal('updateRecord'),
    entity: z.enum(entities),
    id: rowId,
    columns: z.record(z.string(), columnValue),
    changes: z.array(fieldChange),
    settles,
    optOut: z.boolean(),
  }),
  /** Create or change a person, with the tags of the contract. */
  z.object({
    kind: z.literal('writePerson'),
    /** The address under which the person is known before this write. */
    email: z.string(),
    write: personWrite,
    addTags: z.array(z.enum(tagKeys)),
    removeTags: z.array(z.enum(tagKeys)),
    joinList: z.string().nullable(),
    changes: z.array(fieldChange),
    settles,
    /** The tags bring the person into the sync: they are given before a row is created, so that nobody is created who is refused here. */
    invites: z.literal(true).exactOptional(),
  }),
  z.object({ kind: z.literal('optOutPerson'), email: z.string(), lists: z.array(z.string()) }),
]);

export type Operation = z.infer<typeof operationSchema>;
export type FieldChange = z.infer<typeof fieldChange>;
export type Settles = z.infer<typeof settles>;

/**
 * Links are put right when the plan is committed; then opt-outs go first in every run, and with them the tags that a creation waits for; what
 * only needs memory goes last.
 */
export const priorities = { link: -1, optOut: 0, invite: 0, write: 1, settle: 2 } as const;

export function priorityOf(operation: Operation): number {
  switch (operation.kind) {
    case 'endLink':
    case 'moveLink':
    case 'forgetLink':
      return priorities.link;
    case 'optOutPerson':
      return priorities.optOut;
    case 'updateRecord':
      return operation.optOut ? priorities.optOut : priorities.write;
    case 'createRecord':
      return priorities.write;
    case 'writePerson':
      return operation.invites === true ? priorities.invite : priorities.write;
    case 'settle':
      return priorities.settle;
  }
}
