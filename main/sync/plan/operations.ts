import { z } from 'zod';
import { agreedSchema, canonicalValueSchema } from '../../../shared/canonical-value.ts';
import { entities } from '../../../shared/entity.ts';
import { type DynamicsId, dynamicsId } from '../../../shared/ids.ts';
import { tagKeys } from '../../../shared/tags.ts';

/**
 * What the outbox holds. An operation is on disk before it runs and is parsed again when it is loaded, since the program that runs it may
 * be a later one than the program that planned it.
 */

const columnValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rowId = z.custom<DynamicsId>((value) => typeof value === 'string' && dynamicsId(value) === value, 'a GUID in lower case');

const rules = [
  'changed-in-activecampaign',
  'changed-in-dynamics',
  'first-contact-fills-empty',
  'conflict-dynamics-wins',
  'conflict-activecampaign-wins',
  'conflict-newest-wins',
  'new-record',
  'opted-out-in-activecampaign',
  'opted-out-in-dynamics',
] as const;

const fieldChange = z.object({
  /** Name on the service that is written: a column, or a field of ActiveCampaign. */
  field: z.string(),
  /** Canonical values. */
  old: canonicalValueSchema,
  new: canonicalValueSchema,
  rule: z.enum(rules),
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
  }),
  z.object({ kind: z.literal('optOutPerson'), email: z.string(), lists: z.array(z.string()) }),
]);

export type Operation = z.infer<typeof operationSchema>;
export type FieldChange = z.infer<typeof fieldChange>;
export type ChangeRule = FieldChange['rule'];
export type Settles = z.infer<typeof settles>;

/** Opt-outs go first in every run; what only needs memory goes last. */
export function priorityOf(operation: Operation): number {
  switch (operation.kind) {
    case 'optOutPerson':
      return 0;
    case 'updateRecord':
      return operation.optOut ? 0 : 1;
    case 'createRecord':
    case 'writePerson':
      return 1;
    case 'settle':
      return 2;
  }
}
