import { z } from 'zod';
import { entities } from './entity.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A log entry as it is stored, ready to be shown. */
export const logLineSchema = z.object({
  /** Ascending in the order of writing; unique within a data directory. */
  id: z.int(),
  /** ISO 8601, UTC. */
  time: z.string(),
  level: z.enum(logLevels),
  event: z.string(),
  run: z.int().optional(),
  message: z.string(),
  person: z
    .object({
      email: z.string().optional(),
      activeCampaignId: z.string().optional(),
      dynamics: z.object({ entity: z.enum(entities), id: z.string() }).optional(),
    })
    .optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** What is given must all hold. */
const logFilterSchema = z.strictObject({
  /** Lines of this level and above. */
  minimumLevel: z.enum(logLevels),
  /** Lines of this run only. */
  run: z.int().positive().nullable(),
  /** An e-mail, an ActiveCampaign id or a Dynamics id; empty for everybody and for lines about nobody. */
  person: z.string().max(320),
  /** Beginnings of words, in any order; empty for every line. */
  text: z.string().max(200),
});
export type LogFilter = z.infer<typeof logFilterSchema>;

export const logQuerySchema = z.strictObject({
  ...logFilterSchema.shape,
  /** `before`: the newest with a smaller id, or of all where it is null. `after`: the oldest with a greater id. */
  page: z.union([z.strictObject({ before: z.int().nullable() }), z.strictObject({ after: z.int() })]),
  limit: z.int().min(1).max(5000),
});
export type LogQuery = z.infer<typeof logQuerySchema>;

export const logExportSchema = z.strictObject({ filter: logFilterSchema, format: z.enum(['csv', 'json']) });
export type LogExport = z.infer<typeof logExportSchema>;
