import { z } from 'zod';
import { entities } from './entity.ts';

/** What became of a row that a change of the settings lets in: nobody has said yet whether it is to come in, or somebody has said that it is not. */
export const newcomerStates = ['waiting', 'leftOut'] as const;
export type NewcomerState = (typeof newcomerStates)[number];

/** How many rows of each table wait for an answer. */
export const newcomersSchema = z.record(z.enum(entities), z.int());

/** Whether those who wait come in at the next run, or stay out as long as they meet the criteria. */
export const newcomersAnswerSchema = z.strictObject({ entity: z.enum(entities), bring: z.boolean() });
export type NewcomersAnswer = z.infer<typeof newcomersAnswerSchema>;
