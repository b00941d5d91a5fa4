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

export const logQuerySchema = z.strictObject({
  /** Lines of this level and above. */
  minimumLevel: z.enum(logLevels),
  /** Only lines with a smaller id; null starts at the newest. */
  before: z.int().nullable(),
  /** At most this many, the newest of those that match. */
  limit: z.int().min(1).max(5000),
});
export type LogQuery = z.infer<typeof logQuerySchema>;
