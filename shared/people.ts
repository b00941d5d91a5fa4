import { z } from 'zod';
import { changeRules } from './change-rule.ts';
import { entities } from './entity.ts';
import { linkEnds } from './link-end.ts';
import { newcomerStates } from './newcomer.ts';

/** `person:16`, `lead:<guid>` or `contact:<guid>`; a linked pair is named by its row. */
const subjectSchema = z.string().regex(/^(person:[1-9]\d{0,15}|(lead|contact):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);

const positionSchema = z.strictObject({ email: z.string().max(500), subject: subjectSchema });

export const peopleQuerySchema = z.strictObject({
  /** Part of an e-mail address or of a name; empty for everybody. */
  text: z.string().max(320),
  /**
   * Everybody who is linked, held or out since a change of the settings; those with a problem that was not dismissed; those with one that was;
   * those who wait for an answer or were left out.
   */
  who: z.enum(['all', 'held', 'dismissed', 'newcomers']),
  /** The end of the page before; null for the first one. */
  after: positionSchema.nullable(),
});
export type PeopleQuery = z.infer<typeof peopleQuerySchema>;

export const personRowSchema = z.object({
  subject: subjectSchema,
  email: z.string().nullable(),
  /** Empty where neither side has one. */
  name: z.string(),
  /** Null for a person who belongs to no row. */
  entity: z.enum(entities).nullable(),
  linked: z.boolean(),
  /** Why the person is held, or a field of the person; null where everything syncs. */
  problem: z.object({ message: z.string(), fields: z.int(), dismissed: z.boolean() }).nullable(),
  /** A change of the settings lets the row in, and it waits for an answer or was left out. */
  newcomer: z.enum(newcomerStates).nullable(),
});
export type PersonRow = z.infer<typeof personRowSchema>;

export const peoplePageSchema = z.object({
  rows: z.array(personRowSchema),
  /** Where the next page begins; null at the end. */
  next: positionSchema.nullable(),
});
export type PeoplePage = z.infer<typeof peoplePageSchema>;

export const personRequestSchema = subjectSchema;

/** A whole e-mail address. */
export const strangersRequestSchema = z.string().max(320);

/** Why somebody takes no part, and what would change it. */
const whyNotSchema = z.object({ message: z.string(), advice: z.string() });
export type WhyNot = z.infer<typeof whyNotSchema>;

const problemSchema = z.object({
  /** Mapping key; null where the whole person is held. */
  field: z.string().nullable(),
  message: z.string(),
  advice: z.string(),
  since: z.number(),
  dismissed: z.boolean(),
});
export type PersonProblem = z.infer<typeof problemSchema>;

const sides = ['activeCampaign', 'dynamics'] as const;
export type Side = (typeof sides)[number];

const fieldSchema = z.object({
  /** Mapping key. */
  key: z.string(),
  /** As people know them. */
  activeCampaignField: z.string(),
  dynamicsColumn: z.string(),
  /** As last seen; null where it is empty, or where there is no such side. */
  activeCampaign: z.string().nullable(),
  dynamics: z.string().nullable(),
  differs: z.boolean(),
  /** Both sides were changed and somebody has to decide. By winner: whether the other side is written then (a one-way field may not be). */
  conflict: z.object({ activeCampaign: z.boolean(), dynamics: z.boolean() }).nullable(),
});
export type PersonField = z.infer<typeof fieldSchema>;

const historySchema = z.object({
  time: z.number(),
  run: z.int(),
  /** Where it was written. */
  service: z.enum(sides),
  field: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
  rule: z.enum(changeRules),
  /** What the service said of it; empty where that was not kept. */
  answer: z.string(),
});
export type HistoryEntry = z.infer<typeof historySchema>;

/** Everything that is known of one person. */
export const personViewSchema = z.object({
  subject: subjectSchema,
  email: z.string().nullable(),
  name: z.string(),
  linked: z.boolean(),
  /** Why the last link ended; null where there is one, or never was. */
  linkEnded: z.enum(linkEnds).nullable(),
  activeCampaign: z
    .object({
      id: z.string(),
      /** The membership tags. */
      tags: z.array(z.string()),
      /** As what an automation asks for the person to be created. */
      invitedAs: z.enum(entities).nullable(),
      optedOut: z.boolean(),
      gone: z.boolean(),
    })
    .nullable(),
  dynamics: z
    .object({
      entity: z.enum(entities),
      id: z.string(),
      optedOut: z.boolean(),
      /** Whether it would enter ActiveCampaign by the Data Configuration. */
      meetsCriteria: z.boolean(),
      gone: z.boolean(),
    })
    .nullable(),
  fields: z.array(fieldSchema),
  problems: z.array(problemSchema),
  /** Why the person is neither linked nor held; empty for everybody else. */
  whyNot: z.array(whyNotSchema),
  newcomer: z.object({ state: z.enum(newcomerStates), since: z.number() }).nullable(),
  /** The next run plans the person again, whether anybody has changed them or not. */
  triedAtNextRun: z.boolean(),
  /** The latest first. */
  history: z.array(historySchema),
  /** Who else has this e-mail address. */
  sameEmail: z.array(personRowSchema),
  /** Which of them syncs instead of this row, which is held for the shared address. */
  syncsInstead: subjectSchema.nullable(),
});
export type PersonView = z.infer<typeof personViewSchema>;

export const conflictDecisionSchema = z.strictObject({
  subject: subjectSchema,
  /** Mapping key. */
  field: z.string().max(200),
  winner: z.enum(sides),
  /** The values that there were to choose from. */
  between: fieldSchema.pick({ activeCampaign: true, dynamics: true }),
});
export type ConflictDecision = z.infer<typeof conflictDecisionSchema>;
