import { z } from 'zod';
import { entities } from './entity.ts';

/** Who somebody from ActiveCampaign is in Dynamics, where the program cannot tell. */

const rowSchema = z.strictObject({ entity: z.enum(entities), id: z.guid() });

const candidateSchema = z.object({
  entity: z.enum(entities),
  id: z.string(),
  /** Empty where there is none, or it is not known. */
  name: z.string(),
  email: z.string().nullable(),
  /** "Open", "Inactive"; null where it is not known. */
  state: z.string().nullable(),
  createdAt: z.number().nullable(),
  modifiedAt: z.number().nullable(),
});
export type MatchCandidate = z.infer<typeof candidateSchema>;

export const matchViewSchema = z.object({
  /** The person that the question is about: `person:16`. */
  subject: z.string(),
  /** `several-matches`: could be any of them. `wrong-tags`: carries the tags of a lead, and is this contact. */
  question: z.enum(['several-matches', 'wrong-tags']),
  person: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
  candidates: z.array(candidateSchema),
  /** What the tags of the person ask to be created, where it is none of them; null where nothing is created. */
  creates: z.enum(entities).nullable(),
  /** What was answered and waits for the next run: the id of a row, or `nobody`. */
  chosen: z.string().nullable(),
});
export type MatchView = z.infer<typeof matchViewSchema>;

/** What Dynamics holds beside that, read when it is asked for. */
export const candidateDetailsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
);
export type CandidateDetails = z.infer<typeof candidateDetailsSchema>;

export const matchChoiceSchema = z.strictObject({
  subject: z.string().regex(/^person:[1-9]\d{0,15}$/),
  /** The row that the person is; null for none of them. */
  row: rowSchema.nullable(),
  /** Ids of the candidates that were shown: where there are others by now, the answer does not count. */
  among: z.array(z.guid()).max(100),
});
export type MatchAnswer = z.infer<typeof matchChoiceSchema>;

/** People who carry the tags of a lead by the misprint, though they are contacts in Dynamics. */
export const wrongTagsSchema = z.object({
  waiting: z.int(),
  /** To be repaired by the next run. */
  repaired: z.int(),
});
export type WrongTags = z.infer<typeof wrongTagsSchema>;
